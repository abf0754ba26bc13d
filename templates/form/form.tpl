{{%AUTOESCAPE context="HTML"}}
{{! The hidden inputs and the fields of a form. A page places it as {{>FORM inside its own form
element, {{>ERROR_PREFIX in front of its title and {{>ERROR_SUMMARY in front of its first heading;
see common/web/form.h. }}
{{>TOKENS}}
{{>FIELD}}
