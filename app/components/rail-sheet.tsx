import { Dialog } from 'radix-ui'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button'
import { Rail } from './rail'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** Has the focus again when the sheet closes. */
  returnTo: RefObject<HTMLElement>
}

/** The rail as a sheet from the left, for phones. */
export function RailSheet({ open, onOpenChange, returnTo }: Props) {
  const { t } = useTranslation()
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            returnTo.current?.focus()
          }}
          className="fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] overflow-y-auto border-r border-line bg-wash shadow-float"
        >
          <Dialog.Title className="sr-only">{t('nav.label')}</Dialog.Title>
          <Rail onGo={() => onOpenChange(false)} />
          <p className="p-3">
            <Dialog.Close asChild>
              <Button type="button" look="quiet" className="w-full">
                {t('nav.close')}
              </Button>
            </Dialog.Close>
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
