import { IconArchive, IconArchiveOff } from '@tabler/icons-react'
import { useState } from 'react'
import { messageOf, PlainError } from '@/api/problem'
import { isOvertaken } from '@/api/useDraft'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useArchive } from '../mutations'
import type { Community } from '../queries'
import styles from './edit.module.css'

/** Closes a community for writing, or opens it again, as it was read. */
export function Archiving({ community }: { community: Community }) {
  const t = useText(texts)
  const [asked, setAsked] = useState(false)
  const archiving = useArchive(community.id)
  const act = async (archived: boolean) => {
    try {
      await archiving.mutateAsync({ archived, version: community.version })
    } catch (error) {
      throw isOvertaken(error) ? new PlainError(t('archiveOvertaken')) : error
    }
  }
  if (community.archived) {
    return (
      <Slab title={t('archiving')}>
        <FormError>
          {archiving.error && (isOvertaken(archiving.error) ? t('archiveOvertaken') : messageOf(archiving.error))}
        </FormError>
        <p className={styles.text}>{t('reopenText')}</p>
        <Button
          look="secondary"
          icon={IconArchiveOff}
          busy={archiving.isPending}
          onClick={() => archiving.mutate({ archived: false, version: community.version })}
        >
          {t('reopen')}
        </Button>
      </Slab>
    )
  }
  return (
    <Slab title={t('archiving')}>
      <p className={styles.text}>{t('archiveText')}</p>
      <Button look="danger" icon={IconArchive} onClick={() => setAsked(true)}>
        {t('archive')}
      </Button>
      <ConfirmDialog
        open={asked}
        onClose={() => setAsked(false)}
        title={t('archiveTitle', { name: community.name })}
        confirm={t('archive')}
        danger
        onConfirm={() => act(true)}
      >
        {t('archiveText')}
      </ConfirmDialog>
    </Slab>
  )
}
