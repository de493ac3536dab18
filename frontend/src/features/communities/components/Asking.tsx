import { IconClock, IconDoorEnter } from '@tabler/icons-react'
import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextArea } from '@/components/forms/TextArea'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useAsk, useAskNoMore } from '../mutations'
import type { Community } from '../queries'
import styles from './community.module.css'

const LONGEST = 500

/** Asks to be let in, with a few words; or takes back what waits. */
export function Asking({ community }: { community: Community }) {
  return community.asked ? <Asked community={community} /> : <Ask community={community} />
}

function Ask({ community }: { community: Community }) {
  const t = useText(texts)
  const [open, setOpen] = useState(false)
  const ask = useAsk(community.id)
  const errors = formErrors(ask.error, ['message'])
  return (
    <>
      <Button icon={IconDoorEnter} onClick={() => setOpen(true)}>
        {t('ask')}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t('askTitle', { name: community.name })}>
        <Form
          error={errors.form}
          failure={ask.error}
          onSubmit={(values) =>
            ask.isPending || ask.mutate(values('message').trim(), { onSuccess: () => setOpen(false) })
          }
        >
          <div className={styles.stack}>
            <p>{t('askLead')}</p>
            <TextArea
              label={t('askMessage')}
              name="message"
              rows={4}
              maxLength={LONGEST}
              optional
              error={errors.fields.message}
              data-autofocus
            />
            <p className={styles.buttons}>
              <Button type="submit" busy={ask.isPending}>
                {t('ask')}
              </Button>
              <Button look="secondary" onClick={() => setOpen(false)}>
                {t('cancel')}
              </Button>
            </p>
          </div>
        </Form>
      </Dialog>
    </>
  )
}

function Asked({ community }: { community: Community }) {
  const t = useText(texts)
  const [open, setOpen] = useState(false)
  const askNoMore = useAskNoMore(community.id)
  return (
    <>
      <Button look="secondary" icon={IconClock} onClick={() => setOpen(true)}>
        {t('asked')}
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('askNoMoreTitle')}
        confirm={t('askNoMore')}
        onConfirm={() => askNoMore.mutateAsync()}
      >
        {t('askNoMoreText', { name: community.name })}
      </ConfirmDialog>
    </>
  )
}
