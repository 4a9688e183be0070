import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { DemoGuestView } from '../../../shared/guests'
import { InLanguage } from '../../components/localized-title'
import { Sentence } from '../../components/sentence'
import { scriptOfText } from '../../lib/names'

/** One click makes a visitor of the demonstration a guest of its live workshop. */
export function DemoGuest({ guest }: { guest: DemoGuestView }) {
  const { t } = useTranslation('entering')
  return (
    <section aria-labelledby="demo-guest">
      <h3 id="demo-guest" className="mb-2 text-[13px] text-ink-2">
        {t('demo.title')}
      </h3>
      <Form method="post" action="/demo/guest" reloadDocument>
        <button
          type="submit"
          className="w-full rounded-card border border-line bg-surface p-3.5 text-left motion-safe:transition-colors motion-safe:duration-100 hover:border-line-control"
        >
          <span className="block font-semibold">{t('demo.go')}</span>
          <span className="block text-[13px] text-ink-2">
            <Sentence
              say={(part) => t('demo.text', { name: part('name'), workshop: part('workshop') })}
              parts={{
                name: <span lang={scriptOfText(guest.name)}>{guest.name}</span>,
                workshop: <InLanguage text={guest.workshop} />,
              }}
            />
          </span>
        </button>
      </Form>
    </section>
  )
}
