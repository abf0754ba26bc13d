#!/bin/sh
# Prints the C header with one constant for each template and each marker name under the folder
# given: TPL_<FOLDER>_<FILE> and MARK_<NAME>. Used by the build; plain sh and awk.
set -eu
root=$1
echo '/* Made by the build from templates/. */'
echo '#ifndef KEPTWORD_TEMPLATES_GEN_H'
echo '#define KEPTWORD_TEMPLATES_GEN_H'
echo '#define TPL_LIST(X) \'
find "$root" -name '*.tpl' | LC_ALL=C sort | while read -r file; do
	path=${file#"$root"/}
	name=$(echo "${path%.tpl}" | tr 'a-z/-' 'A-Z__')
	echo "	X($name, \"$path\") \\"
done
echo
echo '#define MARK_LIST(X) \'
find "$root" -name '*.tpl' | LC_ALL=C sort | xargs cat /dev/null |
	grep -oE '\{\{[#/>]?[A-Z][A-Z0-9_]*' | sed 's/{{[#\/>]*//' | LC_ALL=C sort -u |
	sed 's/.*/	X(&) \\/'
echo
echo '#define X(name, path) TPL_##name,'
echo 'enum tpl { TPL_LIST(X) TPL_MAX };'
echo '#undef X'
echo '#define X(name) MARK_##name,'
echo 'enum mark { MARK_LIST(X) MARK_MAX };'
echo '#undef X'
echo '#endif'
