/** A textarea as high as its text, up to half of the window. */
export function growing(area: HTMLTextAreaElement | null): void {
  if (!area) return
  area.style.height = 'auto'
  area.style.height = `${Math.min(area.scrollHeight + 2, window.innerHeight / 2)}px`
}
