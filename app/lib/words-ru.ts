/** Where each area's words are: its file comes when a page asks for it. */
export const files = import.meta.glob<object>('../../shared/locales/ru/*.json', {
  import: 'default',
})
