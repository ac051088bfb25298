#pragma once

#include "config/draft.hpp"

namespace feedmux {

/// Reports what is wrong between the parts of a configuration: names that are taken or cannot be
/// names, references to what does not exist, symbols given twice, more connections than allowed.
void CheckAcross(const ReadContext& context, const Draft& draft);

}  // namespace feedmux
