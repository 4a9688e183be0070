import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isLanguage, LANGUAGES } from '../../../shared/languages'
import { CHOSEN_STATUSES } from '../../../shared/resource-kinds'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { useReader } from '../../lib/format'
import { ChangeForm } from './change-form'
import { Choice } from './fields'
import { Fold } from './fold'
import { itemPath } from './item-path'
import type { OpenedItem } from './open-item'
import { Uploader } from './upload/uploader'
import { usualLanguage, usualStatus, type Version } from './usual-version'

const LINK_FORM = 'add-link'
/** A review is somebody else's, and comes after. */
const ADDED_AS = CHOSEN_STATUSES.filter((status) => status !== 'reviewed')

/** Add a version: its language and how it stands, then a file or a link. */
export function AddVersion({ opened }: { opened: OpenedItem }) {
  const { t } = useTranslation(['library', 'common'])
  const { lang: reader } = useReader()
  const [chosen, setChosen] = useState<Partial<Version>>({})
  const { item, me } = opened
  const lang = chosen.lang ?? usualLanguage(item, { id: me.id, lang: reader })
  const version: Version = { lang, status: chosen.status ?? usualStatus(item, lang) }
  const replaced = item.renditions.some((rendition) => rendition.lang === lang)
  return (
    <section
      aria-labelledby="add-version"
      className="mt-5 rounded-card border border-line bg-surface px-4 py-4 sheet:px-5"
    >
      <h2 id="add-version">{t('add.title')}</h2>
      <div className="mt-3 grid max-w-[560px] gap-4 sheet:grid-cols-2">
        {/* the link's form has them as its own, so that it can be posted without scripts */}
        <Choice
          label={t('add.language')}
          name="lang"
          form={LINK_FORM}
          value={version.lang}
          onChange={({ target }) => {
            if (isLanguage(target.value)) setChosen({ lang: target.value })
          }}
        >
          {LANGUAGES.map((each) => (
            <option key={each} value={each}>
              {t(`add.in_${each}`)}
            </option>
          ))}
        </Choice>
        <Choice
          label={t('item.status')}
          name="status"
          form={LINK_FORM}
          value={version.status}
          onChange={({ target }) => {
            const status = ADDED_AS.find((each) => each === target.value)
            if (status) setChosen({ ...chosen, status })
          }}
        >
          {ADDED_AS.map((status) => (
            <option key={status} value={status}>
              {t(`status.${status}`)}
            </option>
          ))}
        </Choice>
      </div>
      {replaced && <p className="mt-3 text-[13px] text-ink-2">{t('add.replaces')}</p>}
      <Uploader opened={opened} version={version} />
      <Fold word={t('add.linkInstead')} className="mt-4">
        {(close) => <LinkForm opened={opened} onDone={close} />}
      </Fold>
    </section>
  )
}

function LinkForm({ opened, onDone }: { opened: OpenedItem; onDone: () => void }) {
  const { t } = useTranslation('library')
  const path = itemPath(opened)
  return (
    <ChangeForm
      id={LINK_FORM}
      action={`${path}/change`}
      back={path}
      onDone={onDone}
      className="grid max-w-[560px] gap-4"
    >
      {(refusal, isBusy) => (
        <>
          <Field
            key={opened.clientKey}
            label={t('add.address')}
            name="url"
            type="url"
            inputMode="url"
            placeholder="https://"
            autoComplete="off"
            maxLength={2_000}
            defaultValue={refusal?.values.url ?? ''}
            error={refusal?.refused.detail.url ? t('add.addressWrong') : undefined}
          />
          <input
            type="hidden"
            name="clientKey"
            value={refusal?.values.clientKey ?? opened.clientKey}
          />
          <p>
            <Button look="quiet" name="intent" value="link" aria-disabled={isBusy || undefined}>
              {t('add.addLink')}
            </Button>
          </p>
        </>
      )}
    </ChangeForm>
  )
}
