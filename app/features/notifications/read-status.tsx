import { Form, useActionData } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button'
import { useLinger } from '../../lib/linger'
import { isRefusal } from '../../lib/refusal'
import type { action } from '../../routes/notifications'

/** How long the way back stays, milliseconds; not counted while somebody is at it. */
const STAYS_MS = 15_000

/** What has just been marked, with the way back from it. Without scripts it stays. */
export function ReadStatus() {
  const { t } = useTranslation(['notifications', 'errors'])
  const answer = useActionData<typeof action>()
  const refused = isRefusal(answer) ? answer.refused.code : undefined
  const done = answer && !isRefusal(answer) ? answer : undefined
  const [gone, setGone] = useState<typeof done>()
  const linger = useLinger(STAYS_MS, () => setGone(done))
  const { start } = linger
  useEffect(() => {
    if (done) start()
  }, [done, start])
  const shown = done && done !== gone ? done : undefined
  const canUndo = shown && shown.intent !== 'unread' && shown.changed.length > 0
  return (
    <div role="status" {...linger.handlers}>
      {refused && (
        <p className="mt-4 rounded-card border border-line bg-wash px-4 py-2">
          {t(`errors:${refused}`)}. {refused === 'unreachable' && t('errors:page.lineAgain')}
        </p>
      )}
      {shown && (
        <div className="mt-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-card border border-line bg-wash px-4 py-2">
          <p>
            {shown.intent === 'unread'
              ? t('status.unread', { count: shown.changed.length })
              : t('status.read', { count: shown.changed.length })}
          </p>
          {canUndo && (
            <Form method="post" action="/notifications" preventScrollReset>
              <input type="hidden" name="ids" value={shown.changed.join()} />
              <Button look="quiet" name="intent" value="unread">
                {t('status.undo')}
              </Button>
            </Form>
          )}
        </div>
      )}
    </div>
  )
}
