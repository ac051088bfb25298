#include "users_json.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "sodium.hpp"
#include "users_file.hpp"

namespace feedmux::accounts {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Json = nlohmann::ordered_json;

class UsersJson : public ::testing::Test {
 protected:
  UsersJson() {
    StartSodium();
    UsersDocument document;
    document.users.push_back({"bob", Role::Viewer, HashPassword(kPassword, kCheap)});
    document.users.push_back({"anna", Role::Admin, HashPassword(kPassword, kCheap)});
    document.tokens.push_back({"grafana", Role::Viewer, HashToken("fmx_x"), {}});
    text_ = UsersText(document);
    json_ = Json::parse(text_);
  }

  std::string Problem() const { return ProblemOf(json_.dump(2)); }
  static std::string ProblemOf(const std::string& text) {
    return ErrorOf([&] { ParseUsers(text, "users.json"); });
  }

  std::string text_;
  Json json_;
};

TEST_F(UsersJson, IsReadAsItWasWrittenSortedByName) {
  const UsersDocument document = ParseUsers(text_, "users.json");
  ASSERT_EQ(document.users.size(), 2u);
  EXPECT_EQ(document.users[0].name, "anna");
  EXPECT_EQ(document.users[0].role, Role::Admin);
  EXPECT_EQ(document.users[1].name, "bob");
  ASSERT_EQ(document.tokens.size(), 1u);
  EXPECT_EQ(document.tokens[0].sha256, HashToken("fmx_x"));
  EXPECT_EQ(UsersText(document), text_);
}

TEST_F(UsersJson, AFileThatIsNoJsonIsRefusedWithThePlace) {
  EXPECT_THAT(ProblemOf("{\n  \"version\": x}"),
              StartsWith("users.json:2:14: expected JSON, found something else"));
}

TEST_F(UsersJson, AnEmptyOrCutFileIsRefused) {
  EXPECT_THAT(ProblemOf(""), StartsWith("users.json:1:1: expected JSON"));
  EXPECT_THAT(ProblemOf(text_.substr(0, text_.size() / 2)), HasSubstr(": expected JSON"));
}

TEST_F(UsersJson, ANumberThatIsTooLargeIsRefused) {
  EXPECT_EQ(ProblemOf("{\"version\": 1e999}"),
            "users.json: expected JSON, found a number that is too large");
}

TEST_F(UsersJson, WhatIsWrittenBesideAHashIsNotShown) {
  // A comma is missing after the hash, and nlohmann's own message repeats what it read last.
  const std::string hash = json_["users"][0]["password_hash"];
  std::string text = text_;
  text.insert(text.find(hash), "\"");
  EXPECT_THAT(ProblemOf(text), HasSubstr("expected JSON"));
  EXPECT_THAT(ProblemOf(text), Not(HasSubstr("argon2id")));
}

TEST_F(UsersJson, AnUnknownRoleIsRefusedWithTheKnownOnes) {
  json_["users"][1]["role"] = "boss";
  EXPECT_EQ(
      Problem(),
      "users.json: users[1].role: expected one of user, viewer, super, admin, found \"boss\"");
}

TEST_F(UsersJson, ARoleOfATokenIsCheckedAsWell) {
  json_["tokens"][0]["role"] = "Admin";
  EXPECT_THAT(Problem(), StartsWith("users.json: tokens[0].role: expected one of user, viewer"));
}

TEST_F(UsersJson, AUserTwiceIsRefused) {
  json_["users"][1]["name"] = "anna";
  EXPECT_EQ(Problem(), "users.json: users[1].name: expected each name once, found \"anna\" again");
}

TEST_F(UsersJson, ATokenTwiceIsRefused) {
  json_["tokens"].push_back(json_["tokens"][0]);
  EXPECT_EQ(Problem(),
            "users.json: tokens[1].name: expected each name once, found \"grafana\" again");
}

TEST_F(UsersJson, AKeyTwiceIsRefused) {
  std::string text = text_;
  text.insert(text.find("\"role\""), "\"role\": \"user\", ");
  EXPECT_EQ(ProblemOf(text),
            "users.json: expected each key once in an object, found \"role\" again");
}

TEST_F(UsersJson, AnUnknownKeyIsRefusedWithTheKnownOnes) {
  json_["users"][0]["disabled"] = true;
  EXPECT_EQ(Problem(),
            "users.json: users[0]: unknown key \"disabled\"; expected name, role, password_hash");
}

TEST_F(UsersJson, AMissingKeyIsRefused) {
  json_["tokens"][0].erase("created");
  EXPECT_EQ(Problem(),
            "users.json: tokens[0]: the key \"created\" is missing; expected name, role, sha256, "
            "created");
}

TEST_F(UsersJson, AWrongNameIsRefused) {
  json_["users"][0]["name"] = "a b";
  EXPECT_THAT(Problem(), StartsWith("users.json: users[0].name: expected a name (1 to 64"));
}

TEST_F(UsersJson, AnotherVersionIsRefused) {
  json_["version"] = 2;
  EXPECT_EQ(Problem(), "users.json: version: expected 1, found 2");
}

TEST_F(UsersJson, WhatIsOfAnotherTypeIsRefused) {
  Json wrong = json_;
  wrong["users"] = Json::object();
  EXPECT_EQ(ProblemOf(wrong.dump()), "users.json: users: expected a list, found object");
  wrong = json_;
  wrong["users"][0] = "anna";
  EXPECT_EQ(ProblemOf(wrong.dump()), "users.json: users[0]: expected an object, found string");
  wrong = json_;
  wrong["users"][0]["role"] = 1;
  EXPECT_EQ(ProblemOf(wrong.dump()), "users.json: users[0].role: expected a text, found number");
  EXPECT_EQ(ProblemOf("[]"), "users.json: expected an object, found array");
}

TEST_F(UsersJson, ATimeThatIsNoneIsRefused) {
  for (const Json& time :
       {Json(-1), Json(1.5), Json("now"), Json(253402300800), Json(UINT64_MAX)}) {
    json_["tokens"][0]["created"] = time;
    EXPECT_THAT(Problem(), StartsWith("users.json: tokens[0].created: expected 0 to 253402300799"))
        << time;
  }
}

TEST_F(UsersJson, OnlyAnArgon2idHashIsAPasswordHash) {
  const std::string valid = json_["users"][0]["password_hash"];
  for (const std::string& hash :
       {std::string{}, std::string{kPassword}, valid.substr(0, valid.size() / 2), valid + " ",
        std::string{"$argon2id$"}, "$argon2i$" + valid.substr(10), valid + std::string(200, 'a'),
        std::string{"$2b$12$abcdefghijklmnopqrstuv"}, valid + std::string(1, '\0')}) {
    json_["users"][0]["password_hash"] = hash;
    EXPECT_EQ(Problem(),
              "users.json: users[0].password_hash: expected an argon2id hash ($argon2id$...), "
              "found something else")
        << hash;
  }
}

TEST_F(UsersJson, OnlySixtyFourDigitsAreATokenHash) {
  const std::string valid = json_["tokens"][0]["sha256"];
  for (const std::string& hash :
       {std::string{}, valid.substr(1), valid + "0", std::string(64, 'A'), std::string(64, 'g')}) {
    json_["tokens"][0]["sha256"] = hash;
    EXPECT_THAT(Problem(), StartsWith("users.json: tokens[0].sha256: expected 64 hexadecimal"));
  }
}

}  // namespace
}  // namespace feedmux::accounts
