import { Form } from '@remix-run/react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '../../components/button'
import { clearDevice, clearTab, hasUnsent } from '../../lib/tab-shelf'
import { useVisitor } from '../../lib/visitor'
import { BackToWorkshop, EnteringFrame } from './entering-frame'

type Props = {
  workshopId: string
  /** The guest's place in the workshop; null once they have left. */
  guestId: string | null
}

/** Where a guest ends being one in this browser, and where it says that they have. */
export function LeavePage({ workshopId, guestId }: Props) {
  const { t } = useTranslation('entering')
  return (
    <EnteringFrame>
      <h1 tabIndex={-1}>{t(guestId ? 'leave.title' : 'leave.left')}</h1>
      <p className="mt-3 max-w-[60ch]">{t(guestId ? 'leave.lead' : 'leave.leftLead')}</p>
      {guestId ? (
        <>
          <LeaveForm guestId={guestId} />
          <BackToWorkshop workshopId={workshopId} />
        </>
      ) : (
        <p className="mt-6">
          <ButtonLink look="quiet" to={`/workshops/${workshopId}/enter`}>
            {t('leave.again')}
          </ButtonLink>
        </p>
      )}
    </EnteringFrame>
  )
}

/** What was written and not sent goes with them: of that they are warned first. */
function LeaveForm({ guestId }: { guestId: string }) {
  const { t } = useTranslation('entering')
  const { sharedComputer } = useVisitor()
  const [warned, setWarned] = useState(false)
  function leave(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!warned && hasUnsent(guestId)) return setWarned(true)
    clearTab(guestId)
    if (sharedComputer) clearDevice()
    event.currentTarget.submit()
  }
  return (
    <Form method="post" reloadDocument onSubmit={leave} className="mt-5 grid gap-2">
      {warned && (
        <p role="alert" className="max-w-[60ch] font-medium text-danger">
          {t('leave.unsent')}
        </p>
      )}
      <Button className="min-h-10 w-fit">{t(warned ? 'leave.anyway' : 'leave.go')}</Button>
    </Form>
  )
}
