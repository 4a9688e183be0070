/** A letter before it takes a form: what it says, in order. */
export type LetterPart =
  | { kind: 'text'; text: string }
  /** What is to be typed over, alone on its line. */
  | { kind: 'code'; text: string }
  /** The one thing to do; `path` is on our own site. */
  | { kind: 'link'; label: string; path: string }
  /** What a person wrote. */
  | { kind: 'quote'; text: string }
  | { kind: 'small'; text: string }

type Shell = { parts: readonly LetterPart[]; publicUrl: string }

/** A terminal's width with some air, characters. */
const WIDTH = 76

/** As plain text: short lines, addresses whole on lines of their own. */
export function toText({ parts, publicUrl }: Shell): string {
  const blocks = parts.map((part) => {
    switch (part.kind) {
      case 'code':
        return `    ${part.text}`
      case 'link':
        return `${wrap(`${part.label}:`)}\n${addressOf(part.path, publicUrl)}`
      case 'quote':
        return part.text
          .split('\n')
          .map((line) => wrap(line, WIDTH - 2).replace(/^/gm, '> '))
          .join('\n')
      case 'small':
        return `-- \n${wrap(part.text)}`
      default:
        return wrap(part.text)
    }
  })
  return `${blocks.join('\n\n')}\n`
}

// the colours of the light theme in app/styles/tokens.css: mail programs know no variables
const INK = 'color:#1c2226'
const INK_2 = 'color:#4d585f'
const FACE =
  "font-family:'Golos Text',system-ui,'Segoe UI',sans-serif;font-size:15px;line-height:1.5"
const LINK =
  'display:inline-block;background:#0d6662;color:#ffffff;padding:10px 16px;border-radius:8px;font-weight:600;text-decoration:none'
const SHEET =
  'max-width:560px;margin:0 auto;background:#ffffff;border:1px solid #e3dfd6;border-radius:12px;padding:20px 24px'

/** As HTML: the same words in one column; nothing is fetched, every value is escaped. */
export function toHtml({
  parts,
  publicUrl,
  title,
  lang,
}: Shell & { title: string; lang: string }): string {
  const body = parts.map((part) => htmlOf(part, publicUrl)).join('\n')
  return `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="color-scheme" content="light"><title>${escaped(title)}</title></head>
<body style="margin:0;padding:24px 12px;background:#faf9f6;${INK};${FACE}">
<div style="${SHEET}">
<p style="margin:0 0 16px;font-weight:650;color:#0d6662">Twinward</p>
${body}
</div>
</body>
</html>
`
}

function htmlOf(part: LetterPart, publicUrl: string): string {
  switch (part.kind) {
    case 'code':
      return `<p style="margin:0 0 16px;padding:12px 16px;background:#f2f0ea;border-radius:8px;font-family:ui-monospace,monospace;font-size:22px;letter-spacing:2px">${escaped(part.text)}</p>`
    case 'link': {
      const address = escaped(addressOf(part.path, publicUrl))
      return `<p style="margin:0 0 12px"><a href="${address}" style="${LINK}">${escaped(part.label)}</a></p>
<p style="margin:0 0 16px;font-size:13px;${INK_2};overflow-wrap:anywhere">${address}</p>`
    }
    case 'quote':
      return `<blockquote style="margin:0 0 16px;padding:2px 0 2px 14px;border-left:3px solid #c9c4b8;white-space:pre-line">${escaped(part.text)}</blockquote>`
    case 'small':
      return `<p style="margin:20px 0 0;padding-top:12px;border-top:1px solid #e3dfd6;font-size:13px;${INK_2}">${escaped(part.text)}</p>`
    default:
      return `<p style="margin:0 0 16px">${escaped(part.text)}</p>`
  }
}

/**
 * A path on our own site as an address; what leads elsewhere is our front page.
 *
 * @param path as the letter's writer gave it, with its token
 */
function addressOf(path: string, publicUrl: string): string {
  const url = new URL(path, `${publicUrl}/`)
  return url.origin === new URL(publicUrl).origin ? url.href : publicUrl
}

function wrap(text: string, width = WIDTH): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join('\n')
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (each) => ESCAPES[each] ?? '')
}
