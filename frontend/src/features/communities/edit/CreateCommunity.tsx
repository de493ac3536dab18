import { type ReactNode, useState } from 'react'
import { formErrors } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { Slabs } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { type Language, useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { useCreateCommunity } from '../mutations'
import type { Draft } from '../queries'
import { CommunityFields, fields } from './CommunityFields'
import styles from './edit.module.css'

interface CreateCommunityProps {
  onCreated: (id: string) => void
  cancel: ReactNode
}

/** A new community, which its maker owns. */
export function CreateCommunity({ onCreated, cancel }: CreateCommunityProps) {
  const t = useText(texts)
  const [draft, setDraft] = useState(emptyIn(useLanguage()))
  const creating = useCreateCommunity()
  const once = useOnce()
  const errors = formErrors(creating.error, fields)
  const create = () =>
    creating.mutate({ draft, once: once(draft) }, { onSuccess: (community) => onCreated(community.id) })
  return (
    <Form error={errors.form} failure={creating.error} onSubmit={() => creating.isPending || create()}>
      <Slabs>
        <CommunityFields
          now={draft}
          onChange={(more) => setDraft((earlier) => ({ ...earlier, ...more }))}
          errors={errors.fields}
        />
        <div className={styles.end}>
          <Button type="submit" busy={creating.isPending}>
            {t('create')}
          </Button>
          {cancel}
        </div>
      </Slabs>
    </Form>
  )
}

const emptyIn = (language: Language): Draft => ({
  name: '',
  summary: '',
  description: '',
  language,
  tags: [],
  access: 'open',
  charter: '',
  posting: 'members',
  commenting: 'members',
  uploading: 'members',
})
