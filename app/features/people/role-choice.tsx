import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../shared/policy'

/** The roles, each with what it may do in a sentence. */
export function RoleChoice({ roles, chosen }: { roles: readonly Role[]; chosen: string }) {
  const { t } = useTranslation(['people', 'common'])
  const id = useId()
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">{t('roleLabel')}</legend>
      <div className="grid gap-2.5">
        {roles.map((role) => (
          <div key={role} className="grid grid-cols-[auto_1fr] gap-x-2.5">
            <input
              id={`${id}-${role}`}
              type="radio"
              name="role"
              value={role}
              defaultChecked={role === chosen}
              aria-describedby={`${id}-${role}-hint`}
              className="mt-0.5 size-5 accent-accent"
            />
            <label htmlFor={`${id}-${role}`}>{t(`common:role.${role}`)}</label>
            <p id={`${id}-${role}-hint`} className="col-start-2 text-[13px] text-ink-2">
              {t(`roleMay.${role}`)}
            </p>
          </div>
        ))}
      </div>
    </fieldset>
  )
}
