import type { Editor } from '@tiptap/core'
import { lazy, type ReactNode, type RefObject, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../../shared/languages'
import { untilThere } from '../../../lib/later'
import { setCallout } from './callouts'
import { currentTool, moveAlong } from './roving'
import { ToolMenu } from './tool-menu'
import { type ToolState, useToolState } from './tool-state'

// opened by few, so it comes when it is
const LinkDialog = lazy(() => untilThere(() => import('./link-dialog')))

/** Tools for the text that had the caret last; one tab stop, arrows inside, Esc back to the text. */
export function Toolbar({
  editor,
  lang,
  used,
  bar,
}: {
  editor: Editor
  lang: Language
  /** The caret has been in one of the texts. */
  used: boolean
  bar: RefObject<HTMLDivElement>
}) {
  const { t } = useTranslation('editor')
  const state = useToolState(editor, used)
  const [linking, setLinking] = useState(false)
  const focus = () => editor.chain().focus()
  const back = () => {
    if (!linking) editor.commands.focus(null, { scrollIntoView: false })
  }
  return (
    <div
      ref={bar}
      role="toolbar"
      tabIndex={-1}
      aria-label={t(`tools.label_${lang}`)}
      className="tool-row"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) editor.commands.focus()
        moveAlong(event)
      }}
    >
      <span className="tool-lang" aria-hidden="true">
        {lang.toUpperCase()}
      </span>
      <Tool words={t('tools.undo')} off={!state.canUndo} act={() => focus().undo().run()} first>
        <Undo />
      </Tool>
      <Tool words={t('tools.redo')} off={!state.canRedo} act={() => focus().redo().run()}>
        <Undo flipped />
      </Tool>
      <span className="tool-gap" />
      <Tool words={t('tools.bold')} on={state.bold} act={() => focus().toggleBold().run()}>
        <b>{lang === 'ru' ? 'Ж' : 'B'}</b>
      </Tool>
      <Tool words={t('tools.italic')} on={state.italic} act={() => focus().toggleItalic().run()}>
        <i className="tool-italic">{lang === 'ru' ? 'К' : 'I'}</i>
      </Tool>
      <span className="tool-gap" />
      <HeadingMenu editor={editor} state={state} onLeave={back} />
      <ListMenu editor={editor} state={state} onLeave={back} />
      <Tool words={t('tools.link')} on={state.link} act={() => setLinking(true)} />
      <CalloutMenu editor={editor} state={state} onLeave={back} />
      <TableMenu editor={editor} state={state} onLeave={back} />
      <MoveMenu editor={editor} onLeave={back} />
      {linking && (
        <Suspense fallback={null}>
          <LinkDialog editor={editor} onClose={() => setLinking(false)} />
        </Suspense>
      )}
    </div>
  )
}

/** Puts the focus on the toolbar, as Alt+F10 asks for. */
export function focusToolbar(bar: HTMLElement | null) {
  if (bar) currentTool(bar)?.focus()
}

function Tool({
  words,
  act,
  on,
  off,
  first,
  children,
}: {
  words: string
  act: () => void
  /** Pressed; undefined for tools that are not switches. */
  on?: boolean
  /** Nothing to do now. It stays reachable, so that the toolbar does not jump under the keyboard. */
  off?: boolean
  /** The tab stop until another tool has been used. */
  first?: boolean
  children?: ReactNode
}) {
  return (
    <button
      type="button"
      className="tool"
      data-tool=""
      tabIndex={first ? 0 : -1}
      aria-label={children ? words : undefined}
      title={children ? words : undefined}
      aria-pressed={on}
      aria-disabled={off || undefined}
      // the caret stays in the text
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => !off && act()}
    >
      {children ?? words}
    </button>
  )
}

type MenuProps = { editor: Editor; onLeave: () => void }
type StateProps = MenuProps & { state: ToolState }

function HeadingMenu({ editor, state, onLeave }: StateProps) {
  const { t } = useTranslation('editor')
  const toggle = (level: 2 | 3) => () => editor.chain().focus().toggleHeading({ level }).run()
  return (
    <ToolMenu
      words={t('tools.heading')}
      pressed={state.heading !== null}
      entries={[
        { words: t('tools.heading'), checked: state.heading === 2, act: toggle(2) },
        { words: t('tools.subheading'), checked: state.heading === 3, act: toggle(3) },
      ]}
      onLeave={onLeave}
    />
  )
}

function ListMenu({ editor, state, onLeave }: StateProps) {
  const { t } = useTranslation('editor')
  const run = () => editor.chain().focus()
  return (
    <ToolMenu
      words={t('tools.list')}
      pressed={state.bulletList || state.orderedList}
      entries={[
        {
          words: t('tools.bulletList'),
          checked: state.bulletList,
          act: () => run().toggleBulletList().run(),
        },
        {
          words: t('tools.orderedList'),
          checked: state.orderedList,
          act: () => run().toggleOrderedList().run(),
        },
      ]}
      onLeave={onLeave}
    />
  )
}

function CalloutMenu({ editor, state, onLeave }: StateProps) {
  const { t } = useTranslation('editor')
  const entry = (words: string, kind: Parameters<typeof setCallout>[1]) => ({
    words,
    checked: state.callout === kind,
    act: () => setCallout(editor, kind),
  })
  const entries = [
    entry(t('tools.calloutWarning'), 'warning'),
    entry(t('tools.calloutContraindication'), 'contraindication'),
    entry(t('tools.calloutNote'), 'note'),
    entry(t('tools.calloutNone'), null),
  ]
  return (
    <ToolMenu
      words={t('tools.callout')}
      pressed={state.callout !== null}
      entries={entries}
      onLeave={onLeave}
    />
  )
}

function TableMenu({ editor, state, onLeave }: StateProps) {
  const { t } = useTranslation('editor')
  const run = () => editor.chain().focus()
  const insert = {
    words: t('tools.tableInsert'),
    act: () => run().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
  }
  const change = [
    { words: t('tools.rowAfter'), act: () => run().addRowAfter().run() },
    { words: t('tools.columnAfter'), act: () => run().addColumnAfter().run() },
    { words: t('tools.rowDelete'), act: () => run().deleteRow().run() },
    { words: t('tools.columnDelete'), act: () => run().deleteColumn().run() },
    { words: t('tools.tableDelete'), act: () => run().deleteTable().run() },
  ]
  return (
    <ToolMenu
      words={t('tools.table')}
      pressed={state.table}
      entries={state.table ? change : [insert]}
      onLeave={onLeave}
    />
  )
}

function MoveMenu({ editor, onLeave }: MenuProps) {
  const { t } = useTranslation('editor')
  return (
    <ToolMenu
      words={t('tools.move')}
      entries={[
        { words: `${t('tools.moveUp')}  Alt+↑`, act: () => editor.commands.moveBlock('up') },
        { words: `${t('tools.moveDown')}  Alt+↓`, act: () => editor.commands.moveBlock('down') },
      ]}
      onLeave={onLeave}
    />
  )
}

function Undo({ flipped }: { flipped?: boolean }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      className={flipped ? 'tool-flipped' : undefined}
    >
      <path
        d="M6 3 2.5 6.5 6 10M3 6.5h6a4 4 0 0 1 0 8H7"
        transform="translate(0 -1.5)"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
