#include "sim/app/exit_codes.hpp"

#include <gtest/gtest.h>

#include <new>
#include <sstream>

#include "sim/base/contract.hpp"
#include "sim/base/diagnostics.hpp"
#include "sim/ensemble/ensemble.hpp"
#include "sim/file/file.hpp"

namespace oikos::app {
namespace {

struct Ended {
  int code;
  std::string err;
  friend bool operator==(const Ended&, const Ended&) = default;
  friend void PrintTo(const Ended& e, std::ostream* out) { *out << e.code << ": " << e.err; }
};

template <class E>
Ended throwing(E error) {
  std::ostringstream err;
  const int code = guarded([&]() -> int { throw error; }, err);
  return {code, err.str()};
}

Diagnostic mistake(std::string what) {
  return {.at = {}, .what = std::move(what), .expected = "", .got = "", .hint = ""};
}

TEST(Guarded, passes_on_what_the_command_returns) {
  std::ostringstream err;
  for (const int code : {ok, results_incomplete, verification_mismatch})
    EXPECT_EQ(guarded([&] { return code; }, err), code);
  EXPECT_EQ(err.str(), "");
}

TEST(Guarded, shows_one_mistake_without_and_more_with_their_number) {
  EXPECT_EQ(throwing(InputError(mistake("this is wrong"))), (Ended{2, "error: this is wrong\n"}));
  EXPECT_EQ(throwing(InputError(std::vector{mistake("this is wrong"), mistake("and this")})),
            (Ended{2, "error: this is wrong\n\nerror: and this\n2 errors\n"}));
}

TEST(Guarded, calls_an_existing_file_the_users_to_decide) {
  EXPECT_EQ(throwing(ExistsError("a.h5")),
            (Ended{2, "a.h5: error: already exists\n  hint:     choose another name, or overwrite it with --force\n"}));
}

TEST(Guarded, names_path_and_reason_of_file_trouble) {
  EXPECT_EQ(throwing(FileError("a.h5", "cannot read: No medium found", "insert one")),
            (Ended{74, "a.h5: error: cannot read: No medium found\n  hint:     insert one\n"}));
}

TEST(Guarded, says_that_a_broken_promise_is_not_the_users_fault) {
  const Ended ended = throwing(ContractError("queues are sorted"));
  EXPECT_EQ(ended.code, 70);
  EXPECT_EQ(ended.err,
            "internal error: queues are sorted\n"
            "  This is a bug of oikos, not of your input. Please report it with the command and the scenario.\n");
}

TEST(Guarded, ends_other_failures_with_1) {
  EXPECT_EQ(throwing(std::bad_alloc()), (Ended{1,
                                               "error: out of memory\n  hint:     fewer --threads need less memory; "
                                               "--scale makes the city smaller\n"}));
  EXPECT_EQ(throwing(std::runtime_error("the sky fell")), (Ended{1, "error: the sky fell\n"}));
}

TEST(Guarded, ends_interrupted_work_with_75) { EXPECT_EQ(throwing(Interrupted{}), (Ended{75, "interrupted\n"})); }

TEST(ExitCodes, are_those_of_the_reference) {
  EXPECT_EQ(ok, 0);
  EXPECT_EQ(run_failed, 1);
  EXPECT_EQ(invalid_input, 2);
  EXPECT_EQ(results_incomplete, 3);
  EXPECT_EQ(verification_mismatch, 4);
  EXPECT_EQ(internal_error, 70);
  EXPECT_EQ(file_trouble, 74);
  EXPECT_EQ(interrupted, 75);
  EXPECT_EQ(stopped_at_once, 130);
}

}  // namespace
}  // namespace oikos::app
