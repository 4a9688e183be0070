import type { Editor } from '@tiptap/core'
import { Dialog } from 'radix-ui'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isSafeHref } from '../../../../shared/editor/safe-href'
import { Button } from '../../../components/button'

/** Set, change or remove the link at the caret. Only addresses that the grammar allows are taken. */
export default function LinkDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { t } = useTranslation('editor')
  const id = useId()
  const current: unknown = editor.getAttributes('link').href
  const [href, setHref] = useState(typeof current === 'string' ? current : '')
  const [unsafe, setUnsafe] = useState(false)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = withScheme(href)
    if (!isSafeHref(wanted)) return setUnsafe(true)
    onClose()
    setLink(editor, wanted)
  }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-veil" />
        <Dialog.Content
          className="dialog"
          aria-describedby={`${id}hint`}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            editor.commands.focus()
          }}
        >
          <Dialog.Title className="dialog-title">{t('link.title')}</Dialog.Title>
          <form onSubmit={submit} className="dialog-form">
            <label htmlFor={`${id}href`}>{t('link.address')}</label>
            <input
              id={`${id}href`}
              value={href}
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              maxLength={2_000}
              aria-invalid={unsafe || undefined}
              aria-describedby={unsafe ? `${id}unsafe` : `${id}hint`}
              onChange={(event) => {
                setHref(event.target.value)
                setUnsafe(false)
              }}
            />
            <p id={`${id}hint`} className="field-hint">
              {t('link.hint')}
            </p>
            {unsafe && (
              <p id={`${id}unsafe`} role="alert" className="rename-error">
                {t('link.unsafe')}
              </p>
            )}
            <div className="popover-actions">
              <Button>{t('link.save')}</Button>
              {current !== undefined && (
                <Button
                  type="button"
                  look="quiet"
                  onClick={() => {
                    onClose()
                    editor.chain().focus().extendMarkRange('link').unsetLink().run()
                  }}
                >
                  {t('link.remove')}
                </Button>
              )}
              <Button type="button" look="quiet" onClick={onClose}>
                {t('link.cancel')}
              </Button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** People type "who.int" and "dr@clinic.org"; what is meant is plain. */
function withScheme(typed: string): string {
  const text = typed.trim()
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return text
  return /^[^\s/@]+@[^\s/]+$/.test(text) ? `mailto:${text}` : `https://${text}`
}

function setLink(editor: Editor, href: string) {
  const { empty } = editor.state.selection
  const chain = editor.chain().focus()
  if (!empty || editor.isActive('link')) {
    chain.extendMarkRange('link').setLink({ href }).run()
    return
  }
  // with nothing selected the address is its own text
  chain
    .insertContent({
      type: 'text',
      text: href.replace(/^(https?:\/\/|mailto:)/i, ''),
      marks: [{ type: 'link', attrs: { href } }],
    })
    .run()
}
