import { DropdownMenu } from 'radix-ui'

export type MenuEntry = {
  words: string
  act: () => void
  /** For entries of which one holds; undefined for plain actions. */
  checked?: boolean
}

/** A tool that opens into several: kinds of callout, parts of a table. */
export function ToolMenu({
  words,
  pressed,
  entries,
  onLeave,
}: {
  words: string
  pressed?: boolean
  entries: readonly MenuEntry[]
  /** Where the focus goes when the menu closes. */
  onLeave: () => void
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="tool"
        data-tool=""
        tabIndex={-1}
        data-pressed={pressed || undefined}
      >
        {words}
        <span aria-hidden="true" className="tool-more" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="tool-menu"
          sideOffset={4}
          collisionPadding={8}
          align="start"
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            onLeave()
          }}
        >
          {entries.map(({ words: label, act, checked }) =>
            checked === undefined ? (
              <DropdownMenu.Item key={label} className="tool-entry" onSelect={act}>
                {label}
              </DropdownMenu.Item>
            ) : (
              <DropdownMenu.CheckboxItem
                key={label}
                className="tool-entry"
                checked={checked}
                onSelect={act}
              >
                {label}
                <DropdownMenu.ItemIndicator className="tool-check">✓</DropdownMenu.ItemIndicator>
              </DropdownMenu.CheckboxItem>
            ),
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
