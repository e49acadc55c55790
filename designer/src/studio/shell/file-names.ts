/** The name of each decision of a DMN text, by id; nothing for another text. */
export function decisionNames(text: string): [id: string, name: string][] {
  const tags = text.match(/<(?:[\w.-]+:)?decision\s[^>]*>/g) ?? []
  return tags.flatMap((tag): [string, string][] => {
    const [id, name] = ['id', 'name'].map((member) => new RegExp(`\\s${member}="([^"]*)"`).exec(tag)?.[1])
    return id && name ? [[id, name]] : []
  })
}

/** The title of a form text, by the form's id; nothing for another text. */
export function formTitle(text: string): [id: string, title: string][] {
  if (!text.startsWith('{')) return []
  try {
    const { id, properties } = JSON.parse(text) as { id?: unknown; properties?: { title?: unknown } }
    const title = properties?.title
    return typeof id === 'string' && typeof title === 'string' && title !== '' ? [[id, title]] : []
  } catch {
    return []
  }
}
