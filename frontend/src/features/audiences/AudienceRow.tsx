import { IconShare, IconSnowflake } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Chip } from '@/components/Chip'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { toldOf } from '@/entities/audience/AudienceCount'
import { type Audience, saidBy, savedCountQuery } from '@/entities/audience/queries'
import { sentenceOf } from '@/entities/audience/sentence'
import { texts as words } from '@/entities/audience/texts'
import { useMember } from '@/entities/session/queries'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import styles from './audiences.module.css'
import { texts } from './i18n'
import { useDeleteAudience } from './mutations'

interface AudienceRowProps {
  audience: Audience
  onChange: () => void
  onDeleted: () => void
}

/** One that was saved: what it says, how many it has, and what may be done with it. */
export function AudienceRow({ audience, onChange, onDeleted }: AudienceRowProps) {
  const t = useText(texts)
  const tw = useText(words)
  const language = useLanguage()
  const [asking, setAsking] = useState(false)
  const remove = useDeleteAudience(audience)
  const count = useQuery(savedCountQuery(audience)).data
  const may = (ability: Audience['abilities'][number]) => audience.abilities.includes(ability)
  return (
    <Slab title={audience.name}>
      <p className={styles.sentence}>{sentenceOf(saidBy(audience), tw, language)}</p>
      <p className={styles.facts}>
        <b>{count ? toldOf(count, tw) : tw('counting')}</b>
        <State audience={audience} />
      </p>
      {audience.abilities.length > 0 && (
        <div className={styles.acts}>
          {may('change') && (
            <Button look="secondary" size="small" onClick={onChange}>
              {t('change')}
            </Button>
          )}
          {may('delete') && (
            <Button look="quiet" size="small" onClick={() => setAsking(true)}>
              {t('remove')}
            </Button>
          )}
        </div>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('removeTitle', { name: audience.name })}
        confirm={t('remove')}
        danger
        onConfirm={async () => {
          await remove.mutateAsync()
          onDeleted()
        }}
      >
        {t('removeText')}
      </ConfirmDialog>
    </Slab>
  )
}

function State({ audience }: { audience: Audience }) {
  const t = useText(texts)
  const language = useLanguage()
  const me = useMember()
  const isMine = audience.owner?.id === me.id
  return (
    <>
      {audience.frozen ? (
        <Chip icon={IconSnowflake}>
          {audience.frozen_at ? t('frozen', { day: formatDate(audience.frozen_at, language) }) : t('freezing')}
        </Chip>
      ) : (
        <Chip>{t('living')}</Chip>
      )}
      {audience.shared && (
        <Chip look="line" icon={IconShare}>
          {isMine || !audience.owner ? t('shared') : t('sharedBy', { name: audience.owner.name })}
        </Chip>
      )}
    </>
  )
}
