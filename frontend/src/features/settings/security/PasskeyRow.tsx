import { IconFingerprint, IconPencil, IconTrash } from '@tabler/icons-react'
import { IconButton } from '@/components/buttons/IconButton'
import { Chip } from '@/components/Chip'
import { Moment } from '@/components/Moment'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { Row } from '../Rows'
import { texts } from './i18n'
import type { Passkey } from './queries'

interface PasskeyRowProps {
  passkey: Passkey
  onRename: () => void
  onRemove: () => void
}

export function PasskeyRow({ passkey, onRename, onRemove }: PasskeyRowProps) {
  const t = useText(texts)
  const language = useLanguage()
  const { name, synced, created_at, last_used_at, abilities } = passkey
  return (
    <Row
      icon={IconFingerprint}
      name={name}
      chips={synced && <Chip look="line">{t('synced')}</Chip>}
      facts={
        <>
          {t('passkeyFacts', { date: formatDate(created_at, language) })}{' '}
          {last_used_at ? t.rich('passkeyUsed', { moment: <Moment at={last_used_at} /> }) : t('passkeyUnused')}
        </>
      }
      actions={
        <>
          {abilities.includes('rename') && (
            <IconButton icon={IconPencil} label={t('rename', { name })} onClick={onRename} />
          )}
          {abilities.includes('remove') && (
            <IconButton icon={IconTrash} label={t('removePasskey', { name })} onClick={onRemove} />
          )}
        </>
      }
    />
  )
}
