import { IconAlertTriangle } from '@tabler/icons-react'
import { Button } from '@/components/buttons/Button'
import { Icon } from '@/components/Icon'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import type { Draft } from './draft'
import styles from './edit.module.css'
import { texts } from './i18n'
import type { ProfileForm } from './useProfileForm'

/** Stays in sight while the form scrolls. */
export function SaveBar({ form }: { form: ProfileForm }) {
  const t = useText(texts)
  return (
    <div className={styles.save}>
      {form.conflict && <Conflict fields={form.conflict} />}
      <div className={styles.buttons}>
        <Button type="submit" busy={form.isSaving}>
          {form.conflict ? t('saveAnyway') : t('save')}
        </Button>
        {form.conflict && (
          <Button look="secondary" onClick={form.takeTheirs}>
            {t('takeTheirs')}
          </Button>
        )}
        {form.isChanged && !form.conflict && <p className={styles.hint}>{t('unsaved')}</p>}
        <Result>{form.isSaved && t('saved')}</Result>
      </div>
    </div>
  )
}

function Conflict({ fields }: { fields: readonly (keyof Draft)[] }) {
  const t = useText(texts)
  const names = fields.map((field) => t(field === 'email_address_id' ? 'email' : field))
  return (
    <div role="alert" className={styles.note}>
      <Icon as={IconAlertTriangle} />
      <p>
        {t('changedMeanwhile')} {names.length > 0 && t('changedFields', { fields: names.join(', ') })}
      </p>
    </div>
  )
}
