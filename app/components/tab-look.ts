/** A link of a row of filters: the one that is current is underlined. */
export const TAB_LOOK =
  'inline-flex min-h-9 items-center border-b-2 border-transparent px-0.5 font-medium text-ink-2 hover:text-ink aria-[current]:border-accent aria-[current]:text-ink'
