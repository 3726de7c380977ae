#include "sim/app/exit_codes.hpp"

#include <algorithm>
#include <exception>
#include <new>
#include <ostream>

#include "sim/app/warnings.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/diagnostics.hpp"
#include "sim/ensemble/ensemble.hpp"
#include "sim/file/file.hpp"

namespace oikos::app {

int guarded(const std::function<int()>& command, std::ostream& err) {
  try {
    return command();
  } catch (const InputError& error) {
    err << error.what();
    const auto all = error.diagnostics();
    const auto errors = static_cast<std::size_t>(std::ranges::count(all, Severity::error, &Diagnostic::severity));
    if (errors < all.size()) err << counted(errors, "error") << ", " << counted(all.size() - errors, "warning") << "\n";
    else if (errors > 1) err << counted(errors, "error") << "\n";
    return invalid_input;
  } catch (const ExistsError& error) {
    err << error.what() << "\n";
    return invalid_input;
  } catch (const ForeignError& error) {
    err << error.what() << "\n";
    return invalid_input;
  } catch (const DamageError& error) {
    err << error.what() << "\n";
    return verification_mismatch;
  } catch (const FileError& error) {
    err << error.what() << "\n";
    return file_trouble;
  } catch (const ContractError& error) {
    err << "internal error: " << error.what()
        << "\n  This is a bug of oikos, not of your input. Please report it with the command and the scenario.\n";
    return internal_error;
  } catch (const Interrupted&) {
    err << "interrupted\n";
    return interrupted;
  } catch (const std::bad_alloc&) {
    err << "error: out of memory\n  hint:     fewer --threads need less memory; --scale makes the city smaller\n";
    return run_failed;
  } catch (const std::exception& error) {
    err << "error: " << error.what() << "\n";
    return run_failed;
  }
}

}  // namespace oikos::app
