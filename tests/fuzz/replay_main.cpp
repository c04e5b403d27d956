// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Feeds every file of a folder to a fuzz target, without libFuzzer and so with any compiler: the
// corpus is a regression test of every build.
//   fuzz_hello tests/fuzz/corpus/hello

#include "tests/fuzz/fuzz_target.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <vector>

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s DIRECTORY\n", argv[0]);
        return 2;
    }
    std::error_code problem;
    std::vector<std::filesystem::path> files;
    for (const auto &entry : std::filesystem::directory_iterator(argv[1], problem)) {
        if (entry.is_regular_file())
            files.push_back(entry.path());
    }
    if (problem || files.empty()) {
        std::fprintf(stderr, "no corpus in %s\n", argv[1]);
        return 1;
    }
    std::sort(files.begin(), files.end());
    for (const std::filesystem::path &file : files) {
        // Before the input runs: it may end the program.
        std::printf("%s\n", file.filename().string().c_str());
        std::fflush(stdout);
        std::ifstream stream(file, std::ios::binary);
        const std::vector<char> bytes{std::istreambuf_iterator<char>(stream), {}};
        if (stream.bad() || bytes.size() != std::filesystem::file_size(file)) {
            std::fprintf(stderr, "%s cannot be read\n", file.string().c_str());
            return 1;
        }
        // An exact copy on the heap: AddressSanitizer sees a read beyond its end.
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size());
    }
    std::printf("%zu inputs\n", files.size());
    return 0;
}
