/**
 * The Markdown that texts of a form use: headings, paragraphs, lists, quotes, rules, bold, italic, code and links.
 * Stands where form-js imports a whole Markdown library, which alone is a tenth of what a phone loads for a task.
 * Markup in the text is shown as it is typed; links lead to web, mail and telephone addresses only. form-js sanitises
 * the result once more.
 */
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)

/** Marks inside a line. The text is escaped first, so what is put in here is the only markup. */
function inline(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.length > 2 && part.startsWith('`') && part.endsWith('`')
        ? `<code>${escapeHtml(part.slice(1, -1))}</code>`
        : marks(part),
    )
    .join('')
}

function marks(text: string): string {
  return escapeHtml(text)
    .replace(/\[([^\]]+)\]\(((?:https?:\/\/|mailto:|tel:)[^\s)]+)\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*([^*]+)\*\*|__([^_]+)__/g, (_, star?: string, line?: string) => `<strong>${star ?? line}</strong>`)
    .replace(/\*([^*\s][^*]*)\*/g, '<em>$1</em>')
    .replace(/~~([^~]+)~~/g, '<del>$1</del>')
}

type Kind = 'p' | 'ul' | 'ol' | 'blockquote'
interface Block {
  kind: Kind
  lines: string[]
}

const close = ({ kind, lines }: Block): string => {
  if (kind === 'p') return `<p>${lines.map(inline).join('<br>')}</p>`
  if (kind === 'blockquote') return `<blockquote><p>${lines.map(inline).join('<br>')}</p></blockquote>`
  return `<${kind}>${lines.map((line) => `<li>${inline(line)}</li>`).join('')}</${kind}>`
}

/** Markdown to HTML. */
export function renderMarkdown(source: string): string {
  const out: string[] = []
  let open: Block | null = null
  const end = () => {
    if (open) out.push(close(open))
    open = null
  }
  const add = (kind: Kind, line: string) => {
    if (open?.kind !== kind) {
      end()
      open = { kind, lines: [] }
    }
    open.lines.push(line)
  }
  for (const line of source.split(/\r?\n/)) {
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line)
    const item = /^\s*(?:([-*+])|\d+[.)])\s+(.*)$/.exec(line)
    const quote = /^>\s?(.*)$/.exec(line)
    if (line.trim() === '') end()
    else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
      end()
      out.push('<hr>')
    } else if (heading) {
      end()
      const level = heading[1]?.length ?? 1
      out.push(`<h${level}>${inline(heading[2] ?? '')}</h${level}>`)
    } else if (item) add(item[1] ? 'ul' : 'ol', item[2] ?? '')
    else if (quote) add('blockquote', quote[1] ?? '')
    else add('p', line.trim())
  }
  end()
  return out.join('\n')
}

/** The one call that form-js makes. */
export const marked = { parse: renderMarkdown }
