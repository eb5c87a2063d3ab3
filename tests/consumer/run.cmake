# Installs the build into a fresh prefix, then configures, builds and runs the consumer against it.
# Takes BUILD, SOURCE, WORK, PACK, C_COMPILER, CXX_COMPILER, SANITIZE.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE out)
  if(NOT code EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nended with ${code}:\n${out}")
  endif()
  set(output "${out}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK})
set(flags "")
if(SANITIZE)
  set(flags "-fsanitize=${SANITIZE}")
endif()
run(${CMAKE_COMMAND} --install ${BUILD} --component library --prefix ${WORK}/prefix)
run(${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK}/build -D CMAKE_PREFIX_PATH=${WORK}/prefix
    -D CMAKE_C_COMPILER=${C_COMPILER} -D CMAKE_CXX_COMPILER=${CXX_COMPILER}
    -D CMAKE_C_FLAGS=${flags} -D CMAKE_CXX_FLAGS=${flags})
run(${CMAKE_COMMAND} --build ${WORK}/build)

foreach(program consumer_c consumer_cpp)
  run(${WORK}/build/${program} ${PACK} "{\"id\": 1, \"message\": \"能便宜点吗\"}")
  if(NOT output MATCHES "\"id\":1" OR NOT output MATCHES "bargain\\.discount")
    message(FATAL_ERROR "${program} answered: ${output}")
  endif()
endforeach()

# The pkg-config file says where things are, wherever the prefix was put.
find_program(PKG_CONFIG pkg-config)
if(PKG_CONFIG)
  file(GLOB_RECURSE pc ${WORK}/prefix/*/xiaoer.pc)
  cmake_path(GET pc PARENT_PATH pc_dir)
  set(ENV{PKG_CONFIG_PATH} ${pc_dir})
  run(${PKG_CONFIG} --cflags --libs xiaoer)
  run(${PKG_CONFIG} --variable=includedir xiaoer)
  string(STRIP "${output}" include_dir)
  if(NOT EXISTS ${include_dir}/xiaoer/xiaoer.h)
    message(FATAL_ERROR "xiaoer.pc points to ${include_dir}, where there is no header")
  endif()
endif()
