/** The style sheets of the form editor, inside `.form-editor` only (`vite/form-editor.ts`). */
declare module 'virtual:form-editor.css' {}
