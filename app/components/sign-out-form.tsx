import { Form } from '@remix-run/react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { clearDevice, clearTab, hasUnsent } from '../lib/tab-shelf'
import { useVisitor } from '../lib/visitor'
import { Button } from './button'

/**
 * The way out. What this device keeps of the person's protocols goes with them; if some of it has not
 * reached the server yet, they are asked first. From a shared computer everything else goes as well.
 */
export function SignOutForm({
  userId,
  then,
  label,
}: {
  userId: string
  /** A page of ours to go on to, where it is not the sign-in page. */
  then?: string
  label?: string
}) {
  const { t } = useTranslation()
  const { sharedComputer } = useVisitor()
  const [unsaved, setUnsaved] = useState(0)
  const [unsent, setUnsent] = useState(false)

  async function leave(event: FormEvent<HTMLFormElement>) {
    const form = event.currentTarget
    event.preventDefault()
    const agreed = unsaved > 0 || unsent
    if (!agreed && hasUnsent(userId)) return setUnsent(true)
    try {
      const device = await import('../features/editor/provider/device-book')
      const waiting = agreed ? 0 : await settled(() => device.unsavedOnDevice(userId))
      if (waiting > 0) return setUnsaved(waiting)
      await device.wipeDeviceCopies(userId)
    } catch {
      // a browser without storage keeps nothing; signing out must work all the same
    }
    clearTab(userId)
    if (sharedComputer) clearDevice()
    form.submit()
  }

  return (
    <Form method="post" action="/sign-out" reloadDocument onSubmit={leave} className="grid gap-2">
      {then && <input type="hidden" name="redirectTo" value={then} />}
      {sharedComputer && <p className="text-[13px] text-ink-2">{t('account.sharedComputer')}</p>}
      {unsaved > 0 && (
        <p role="alert" className="text-[13px] text-danger">
          {t('account.unsaved', { count: unsaved })}
        </p>
      )}
      {unsent && (
        <p role="alert" className="text-[13px] text-danger">
          {t('account.unsent')}
        </p>
      )}
      <Button look="quiet">
        {unsaved > 0 || unsent ? t('account.signOutAnyway') : (label ?? t('account.signOut'))}
      </Button>
    </Form>
  )
}

/** A page notes on the device within a second or so that the server has its text: until then, ask twice. */
async function settled(count: () => Promise<number>): Promise<number> {
  const first = await count()
  if (first === 0) return 0
  await new Promise((pass) => setTimeout(pass, 1_500))
  return count()
}
