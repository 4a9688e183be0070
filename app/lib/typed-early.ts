import { useEffect } from 'react'

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** Kinds of input that are not text to the browser. */
const OTHER_KINDS = ['checkbox', 'radio', 'file', 'hidden', 'submit', 'button', 'image', 'reset']

/**
 * On a slow line a page can be written in before its scripts have come, and a browser may put back what
 * was in a field before a reload. React heard nothing of either, and its next rendering would empty such
 * a field; so it is told, once, as if it were typed when the page has come alive.
 */
export function useTypedEarly(): void {
  useEffect(() => {
    const early = fieldsWrittenIn(document)
    if (early.length === 0) return
    // not from within a rendering
    const timer = setTimeout(() => {
      for (const { field, was, value } of early) {
        // React listens only where something is another than it was
        write(field, was)
        write(field, value)
      }
    })
    return () => clearTimeout(timer)
  }, [])
}

function fieldsWrittenIn(page: Document): { field: Field; was: string; value: string }[] {
  const fields = page.querySelectorAll<Field>('input, textarea, select')
  return Array.from(fields, (field) => ({
    field,
    was: servedIn(field),
    value: field.value,
  })).filter(({ field, was, value }) => value !== was && !OTHER_KINDS.includes(field.type))
}

/** What the field had when the page came. */
function servedIn(field: Field): string {
  if (!(field instanceof HTMLSelectElement)) return field.defaultValue
  const options = [...field.options]
  return (options.find(({ defaultSelected }) => defaultSelected) ?? options[0])?.value ?? ''
}

/** Past React, which would else not see that anything has changed. */
function write(field: Field, value: string): void {
  const kind = Object.getPrototypeOf(field) as Field
  Object.getOwnPropertyDescriptor(kind, 'value')?.set?.call(field, value)
  const event = field instanceof HTMLSelectElement ? 'change' : 'input'
  field.dispatchEvent(new Event(event, { bubbles: true }))
}
