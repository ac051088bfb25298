#include "session.hpp"

#include <span>  // span

#include "feedmux/errors.hpp"
#include "isolated.hpp"
#include "option_values.hpp"

namespace feedmux::contract {

namespace {

std::span<const OptionSpec> Table(const PluginDescriptor& descriptor) {
  return {descriptor.options, descriptor.option_count};
}

const OptionSpec* FindSpec(const Subject& subject, const std::string& name) {
  for (const OptionSpec& spec : Table(subject.descriptor)) {
    if (name == spec.name) return &spec;
  }
  return nullptr;
}

std::string WithPort(std::string text, std::uint16_t port) {
  const std::string placeholder = kPortPlaceholder;
  for (auto at = text.find(placeholder); at != std::string::npos; at = text.find(placeholder, at)) {
    text.replace(at, placeholder.size(), std::to_string(port));
  }
  return text;
}

OptionValue Parse(const OptionSpec& spec, const std::string& text) {
  std::string problem;
  auto value = ParseValue(spec, text, problem);
  if (!value) Fail(std::string{"option "} + spec.name + ": " + problem);
  return *value;
}

// Of a URL only the password is secret.
std::string SecretPart(const std::string& value) {
  const auto scheme = value.find("://");
  if (scheme == std::string::npos) return value;
  const auto at = value.rfind('@');
  const auto colon = value.find(':', scheme + 3);
  if (at == std::string::npos || colon >= at) return {};
  return value.substr(colon + 1, at - colon - 1);
}

Peer::Manner ChosenManner(const Subject& subject, Peer::Manner manner) {
  if (!HasPort(subject)) Skip("no --option has {port} in it");
  return manner;
}

}  // namespace

std::string OptionsProblem(const Subject& subject) {
  constexpr std::uint16_t kSomePort = 9;
  for (const auto& [name, text] : subject.arguments.options) {
    const OptionSpec* spec = FindSpec(subject, name);
    if (!spec) return "--option " + name + ": the plugin has no such option";
    std::string problem;
    if (!ParseValue(*spec, WithPort(text, kSomePort), problem)) {
      return "--option " + name + ": " + problem;
    }
  }
  for (const OptionSpec& spec : Table(subject.descriptor)) {
    bool is_given = !spec.required;
    for (const auto& entry : subject.arguments.options) is_given |= entry.first == spec.name;
    if (!is_given) return std::string{"the plugin needs --option "} + spec.name + "=...";
  }
  return {};
}

Options MakeOptions(const Subject& subject, std::uint16_t port, Given given) {
  Options options;
  for (const OptionSpec& spec : Table(subject.descriptor)) {
    if (spec.default_value) options.Set(spec.name, Parse(spec, spec.default_value));
  }
  for (const auto& [name, text] : subject.arguments.options) {
    const OptionSpec* spec = FindSpec(subject, name);
    if (given == Given::RequiredOnly && !spec->required) continue;
    options.Set(name, Parse(*spec, WithPort(text, port)));
  }
  return options;
}

bool HasPort(const Subject& subject) {
  for (const auto& entry : subject.arguments.options) {
    if (entry.second.find(kPortPlaceholder) != std::string::npos) return true;
  }
  return false;
}

Instance MakeOrFail(const Subject& subject, Host& host, const Options& options) {
  try {
    return Make(subject.descriptor, host, options);
  } catch (const OptionError& error) {
    Fail("option " + error.option() + ": expected " + error.what());
  }
}

Instance Make(const PluginDescriptor& descriptor, Host& host, const Options& options) {
  Instance instance;
  switch (descriptor.kind) {
    case PluginKind::Source:
      instance.source = descriptor.make_source(host, options);
      break;
    case PluginKind::Sink:
      instance.sink = descriptor.make_sink(host, options);
      break;
    case PluginKind::Universe:
      instance.universe = descriptor.make_universe(host, options);
      break;
  }
  if (!instance.source && !instance.sink && !instance.universe) Fail("the maker gave nothing");
  return instance;
}

Session::Session(const Subject& subject)
    : subject_(subject),
      peer_(Peer::Manner::Absent),
      host_(subject.descriptor.kind == PluginKind::Sink),
      instance_(MakeOrFail(subject, host_, MakeOptions(subject, peer_.port()))) {}

Session::Session(const Subject& subject, Peer::Manner manner)
    : subject_(subject),
      peer_(ChosenManner(subject, manner)),
      host_(subject.descriptor.kind == PluginKind::Sink),
      instance_(MakeOrFail(subject, host_, MakeOptions(subject, peer_.port()))) {}

Session::~Session() {
  for (const auto& line : host_.log().Lines()) RequireNoSecret(line.text);
}

void Session::RequireNoSecret(const std::string& text) const {
  constexpr std::size_t kShortestSecret = 4;
  for (const auto& [name, value] : subject_.arguments.options) {
    const OptionSpec* spec = FindSpec(subject_, name);
    const std::string secret = spec->secret ? SecretPart(value) : std::string{};
    if (secret.size() < kShortestSecret) continue;
    if (text.find(secret) != std::string::npos) Fail("shows the secret of the option " + name);
  }
}

}  // namespace feedmux::contract
