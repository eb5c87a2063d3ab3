#pragma once
// Claims that something was done in the shop's systems: "备注好了", "已经退了". They may leave only
// once the client confirmed it (dialogue::Care).

#include <cstddef>
#include <span>

#include "reply/claim.hpp"

namespace xiaoer::reply {

inline constexpr size_t kDoneClaims = 15;
std::span<const Claim, kDoneClaims> done_claims();

}  // namespace xiaoer::reply
