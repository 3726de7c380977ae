#include "sim/base/contract.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "sim/base/build_info.hpp"

namespace oikos {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

TEST(Contract, says_nothing_when_the_promise_holds) { EXPECT_NO_THROW(expect(true, "never shown")); }

TEST(Contract, names_the_promise_and_the_place_that_checked_it) {
  const int line = __LINE__ + 2;
  try {
    expect(1 > 2, "one is above two");
    FAIL() << "no error";
  } catch (const ContractError& error) {
    EXPECT_THAT(error.what(), HasSubstr("contract_test.cpp:" + std::to_string(line) + ": "));
    EXPECT_THAT(error.what(), EndsWith(": broken contract: one is above two"));
  }
}

TEST(Contract, is_a_logic_error_and_no_input_error) { EXPECT_THROW(expect(false, "x"), std::logic_error); }

TEST(BuildInfo, is_never_empty) {
  EXPECT_FALSE(build_info().version.empty());
  EXPECT_FALSE(build_info().commit.empty());
  EXPECT_FALSE(build_info().compiler.empty());
}

}  // namespace
}  // namespace oikos
