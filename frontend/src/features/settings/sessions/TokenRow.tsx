import { IconKey } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@/components/buttons/Button'
import { Chip } from '@/components/Chip'
import { Moment } from '@/components/Moment'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { Row } from '../Rows'
import { texts } from './i18n'
import { scopesQuery, type Token } from './queries'
import styles from './sessions.module.css'

export function TokenRow({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const t = useText(texts)
  const language = useLanguage()
  const { data: known } = useQuery(scopesQuery(language))
  const expired = new Date(token.expires_at) <= new Date()
  const describe = (scope: string) => known?.find(({ name }) => name === scope)?.description ?? scope
  return (
    <Row
      icon={IconKey}
      name={token.name}
      chips={expired && <Chip look="danger">{t('tokenExpired')}</Chip>}
      facts={
        <>
          <p>
            {!expired && t('tokenExpires', { date: formatDate(token.expires_at, language) })}{' '}
            {token.used_at ? t.rich('tokenUsed', { moment: <Moment at={token.used_at} /> }) : t('tokenUnused')}
          </p>
          <details className={styles.scopes}>
            <summary>{t('tokenScopesOf', { count: token.scopes.length })}</summary>
            <ul>
              {token.scopes.map((scope) => (
                <li key={scope}>{describe(scope)}</li>
              ))}
            </ul>
          </details>
        </>
      }
      actions={
        <Button look="secondary" size="small" aria-label={t('revokeOne', { name: token.name })} onClick={onRevoke}>
          {t('revoke')}
        </Button>
      }
    />
  )
}
