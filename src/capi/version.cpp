#include "xiaoer/xiaoer.h"

extern "C" {

uint32_t xiaoer_abi_version(void) { return XIAOER_ABI_VERSION; }

const char* xiaoer_version(void) { return XIAOER_RELEASE; }

const char* xiaoer_status_name(xiaoer_status status) {
  switch (static_cast<int>(status)) {
    case XIAOER_OK:
      return "XIAOER_OK";
    case XIAOER_INVALID_ARGUMENT:
      return "XIAOER_INVALID_ARGUMENT";
    case XIAOER_OUT_OF_MEMORY:
      return "XIAOER_OUT_OF_MEMORY";
    case XIAOER_BUSY:
      return "XIAOER_BUSY";
    case XIAOER_LIMIT:
      return "XIAOER_LIMIT";
    case XIAOER_NOT_FOUND:
      return "XIAOER_NOT_FOUND";
    case XIAOER_BAD_PACK:
      return "XIAOER_BAD_PACK";
    case XIAOER_BAD_FACTS:
      return "XIAOER_BAD_FACTS";
    case XIAOER_BAD_JSON:
      return "XIAOER_BAD_JSON";
    case XIAOER_BAD_SNAPSHOT:
      return "XIAOER_BAD_SNAPSHOT";
    case XIAOER_INTERNAL:
      return "XIAOER_INTERNAL";
    default:
      return "unknown status";
  }
}

}  // extern "C"
