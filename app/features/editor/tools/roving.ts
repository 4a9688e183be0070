import type { KeyboardEvent } from 'react'

/**
 * One tab stop for a whole toolbar: arrows, Home and End go along it; the tool used last is the one
 * that Tab comes back to.
 */
export function moveAlong(event: KeyboardEvent<HTMLElement>) {
  const tools = toolsIn(event.currentTarget)
  const at = tools.findIndex((tool) => tool.matches(':focus'))
  if (at < 0) return
  const steps: Record<string, number> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    Home: 0,
    End: tools.length - 1,
  }
  const next = steps[event.key]
  if (next === undefined) return
  event.preventDefault()
  focusTool(tools, (next + tools.length) % tools.length)
}

/** The tool that Tab leads to. */
export function currentTool(toolbar: HTMLElement): HTMLElement | undefined {
  const tools = toolsIn(toolbar)
  return tools.find((tool) => tool.tabIndex === 0) ?? tools[0]
}

function toolsIn(toolbar: HTMLElement): HTMLElement[] {
  return [...toolbar.querySelectorAll<HTMLElement>('[data-tool]')]
}

function focusTool(tools: readonly HTMLElement[], at: number) {
  tools.forEach((tool, index) => {
    tool.tabIndex = index === at ? 0 : -1
  })
  tools[at]?.focus()
}
