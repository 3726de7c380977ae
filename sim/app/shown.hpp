#pragma once
#include <ostream>
#include <streambuf>
#include <string>

namespace oikos::app {

/// Passes text on to a stream, what a terminal would act on or a reader could not see escaped, wherever it comes from:
/// names of files, titles, labels and notes of results. Line ends and tabs pass. Text is passed on line by line; the
/// rest of it on flush and at the end.
class ShownBuffer : public std::streambuf {
 public:
  explicit ShownBuffer(std::ostream& to) : to_(to) {}
  ShownBuffer(const ShownBuffer&) = delete;
  ShownBuffer& operator=(const ShownBuffer&) = delete;
  ~ShownBuffer() override { ShownBuffer::sync(); }

 protected:
  int_type overflow(int_type c) override;
  int sync() override;

 private:
  std::ostream& to_;
  std::string line_;
};

}  // namespace oikos::app
