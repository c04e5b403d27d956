# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# The man pages hold the words and options that --help prints, and no others.
#   cmake -DRELAY=<graph-valet> -DTRAY=<graph-valet-tray> -DPAGES=<folder> -P tests/check_manual.cmake

cmake_minimum_required(VERSION 3.25)
set(offences "")

# A list of what text matches, each once.
function(all_matches variable pattern text)
    string(REGEX MATCHALL "${pattern}" found "${text}")
    list(TRANSFORM found REPLACE "^[^a-z-]+|[^a-z-]+$" "")
    list(REMOVE_DUPLICATES found)
    set(${variable} "${found}" PARENT_SCOPE)
endfunction()

function(compare program page)
    execute_process(COMMAND "${program}" --help OUTPUT_VARIABLE help RESULT_VARIABLE status)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "${program} --help: ${status}")
    endif()
    file(READ "${PAGES}/${page}" manual)
    string(REPLACE "\\-" "-" manual "${manual}")
    # Words begin a line of their own, in the page after .B.
    all_matches(help_words "\n  [a-z-]+[ \n]" "${help}")
    all_matches(help_options "--[a-z][a-z-]*" "${help}")
    list(FILTER help_words EXCLUDE REGEX "^--")
    string(REGEX MATCH "\n\\.SH WORDS\n.*\n\\.SH OPTIONS\n" words "${manual}")
    string(REGEX MATCH "\n\\.SH (WORDS|OPTIONS)\n.*\n\\.SH EXIT STATUS\n" both "${manual}")
    all_matches(page_words "\n\\.TP\n\\.BI? [a-z][a-z-]*" "${words}")
    list(TRANSFORM page_words REPLACE "^.*[ \n]" "")
    all_matches(page_options "\n\\.TP\n\\.BI? --[a-z][a-z-]*" "${both}")
    list(TRANSFORM page_options REPLACE "^.*[ \n]" "")
    if(NOT help_options)
        message(FATAL_ERROR "no option found in ${program} --help")
    endif()
    foreach(kind words options)
        foreach(entry IN LISTS help_${kind})
            if(NOT entry IN_LIST page_${kind})
                string(APPEND offences "\n  packaging/linux/${page}.in says nothing of ${entry}")
            endif()
        endforeach()
        foreach(entry IN LISTS page_${kind})
            if(NOT entry IN_LIST help_${kind})
                string(APPEND offences "\n  packaging/linux/${page}.in has ${entry}, --help has not")
            endif()
        endforeach()
    endforeach()
    set(offences "${offences}" PARENT_SCOPE)
endfunction()

compare("${RELAY}" graph-valet.1)
compare("${TRAY}" graph-valet-tray.1)
if(offences)
    message(FATAL_ERROR "Manual and --help differ:${offences}")
endif()
