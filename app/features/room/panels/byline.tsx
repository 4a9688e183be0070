import { useTranslation } from 'react-i18next'
import type { AttendeeView } from '../../../../shared/room-views'
import { AttendeeName } from '../../../components/attendee-name'
import { Face } from '../../../components/face'
import { useFormat } from '../../../lib/format'

/** Who, and when by the reader's clock. */
export function Byline({ by, at }: { by: AttendeeView | null; at: string }) {
  const { t } = useTranslation('room-panels')
  const format = useFormat()
  return (
    <>
      <Somebody person={by} nobody={t('nobody')} />
      <time dateTime={at} title={format.dateTime(at)}>
        {format.time(at)}
      </time>
    </>
  )
}

/** A face and a name; somebody who is gone has only the word for that. */
export function Somebody({ person, nobody }: { person: AttendeeView | null; nobody: string }) {
  if (!person) return <span>{nobody}</span>
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <Face name={person.name} tone={person.tone} />
      <span className="font-medium text-ink">
        <AttendeeName person={person} />
      </span>
    </span>
  )
}
