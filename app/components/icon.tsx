export type IconName =
  | 'home'
  | 'protocols'
  | 'discussions'
  | 'workshops'
  | 'library'
  | 'glossary'
  | 'people'
  | 'record'
  | 'key'
  | 'bell'
  | 'search'

const PATHS: Record<IconName, string> = {
  home: 'M3.5 9.5 10 4l6.5 5.5M5.5 8v8h9V8',
  protocols: 'M4 4.5h5v11H4zM11 4.5h5v11h-5zM6 8h1M6 10.5h1M13 8h1M13 10.5h1',
  discussions: 'M3.5 4.5h10v7h-6l-3 2.5v-2.5h-1zM16.5 8v7h-1v2.5l-3-2.5h-4',
  workshops: 'M3.5 4h13v8.5h-13zM10 12.5v2M6.5 17l3.5-2.5 3.5 2.5',
  library: 'M4 4.5h3v11H4zM8.5 4.5h3v11h-3zM13 5.2l2.8-.7 2.2 10.6-2.8.7z',
  glossary: 'M5 16.5v-11a1.5 1.5 0 0 1 1.5-1.5H16v11H6.5A1.5 1.5 0 0 0 5 16.5h11M8 7.5h5M8 10h3.5',
  people:
    'M7 9.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM2.5 16c.3-2.8 2-4.5 4.5-4.5s4.2 1.7 4.5 4.5M13.5 10a2 2 0 1 0 0-4M14.5 12c1.7.3 2.8 1.7 3 4',
  record: 'M5 3.5h7l3 3v10H5zM12 3.5v3h3M7.5 9.5h5M7.5 12h5M7.5 14.5h3',
  key: 'M7 13.5a3.5 3.5 0 1 1 3.2-4.9H17v3h-2v2h-3v-2h-1.8A3.5 3.5 0 0 1 7 13.5ZM6.5 10h.5',
  bell: 'M5 13.5V9a5 5 0 0 1 10 0v4.5l1.5 1.5h-13L5 13.5ZM8.3 17.3a2 2 0 0 0 3.4 0',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM13 13l3.5 3.5',
}

/** Small line drawings where there is no room for a word; its name stands beside or under each. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={className}
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
