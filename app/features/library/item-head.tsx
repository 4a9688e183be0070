import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { pickText } from '../../../shared/languages'
import { Button } from '../../components/button'
import { LocalizedTitle } from '../../components/localized-title'
import { ShortName } from '../../components/person-name'
import { Sentence } from '../../components/sentence'
import { useFormat, useReader } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import { AskedForm } from '../privacy/asked-form'
import { PurgeLink } from '../privacy/purge-link'
import { ChangeForm } from './change-form'
import { DescriptionFields } from './description-fields'
import { Fold } from './fold'
import { itemPath } from './item-path'
import type { OpenedItem } from './open-item'

/** Where one is, what this is, who added it; and the form to describe it anew. */
export function ItemHead({ opened, posted }: { opened: OpenedItem; posted: Refusal | null }) {
  const { base, item, may } = opened
  const { t } = useTranslation('library')
  const { lang } = useReader()
  const format = useFormat()
  const about = pickText(item.about, lang)
  const path = itemPath(opened)
  return (
    <header>
      <p className="text-[13px] text-ink-2">
        <Link
          to={`${base}/resources`}
          className="rounded-sm py-1 underline-offset-4 hover:underline"
        >
          {t('list.title')}
        </Link>
        <span aria-hidden="true"> / </span>
        {t(`kind.${item.kind}`)}
      </p>
      <div className="mt-1">
        <LocalizedTitle as="h1" text={item.title} otherClassName="text-[17px] font-medium" />
      </div>
      {about.text && (
        <p lang={about.lang} className="mt-3 max-w-[68ch]">
          {about.text}
        </p>
      )}
      <div className="mt-2 flex flex-wrap items-baseline gap-x-5 gap-y-2 text-[13px]">
        <p className="text-ink-2">
          {item.createdBy ? (
            <Sentence
              say={(part) => t('item.createdBy', { who: part('who'), at: part('at') })}
              parts={{
                who: <ShortName name={item.createdBy.name} />,
                at: <time dateTime={item.createdAt}>{format.date(item.createdAt)}</time>,
              }}
            />
          ) : (
            t('item.createdAt', { at: format.date(item.createdAt) })
          )}
        </p>
        {may.describe && (
          <Fold word={t('describe.open')} isOpen={posted !== null}>
            {(close) => (
              <ChangeForm
                action={`${path}/change`}
                back={path}
                keepsText
                posted={posted}
                onDone={close}
                className="grid max-w-[920px] gap-5 rounded-card border border-line bg-surface p-4 text-[0.9375rem] sheet:p-5"
              >
                {(refusal, isBusy, form) => (
                  <>
                    <DescriptionFields
                      refusal={refusal}
                      item={item}
                      base={opened.purges[0]?.id ?? ''}
                    />
                    <AskedForm
                      refusal={refusal}
                      form={form}
                      also={{ name: 'intent', value: 'describe' }}
                    />
                    <p>
                      <Button
                        look="quiet"
                        name="intent"
                        value="describe"
                        aria-disabled={isBusy || undefined}
                      >
                        {t('describe.save')}
                      </Button>
                    </p>
                  </>
                )}
              </ChangeForm>
            )}
          </Fold>
        )}
        {may.purge && <PurgeLink slug={opened.slug} at={{ what: 'resource', resource: item.id }} />}
      </div>
    </header>
  )
}
