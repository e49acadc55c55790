/** The FEEL of the engine, for form-js in place of its own: a form and the server must not answer differently. */
export * from 'feelin'
