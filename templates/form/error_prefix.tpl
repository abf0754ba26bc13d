{{%AUTOESCAPE context="HTML"}}Error:
