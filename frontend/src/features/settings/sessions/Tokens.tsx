import { IconPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { Button } from '@/components/buttons/Button'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useRemoval } from '@/components/useRemoval'
import { useText } from '@/lib/i18n'
import { Disclosed } from '../Disclosed'
import { Rows } from '../Rows'
import styles from '../settings.module.css'
import { FreshToken } from './FreshToken'
import { texts } from './i18n'
import { useRevokeToken } from './mutations'
import { NewTokenForm } from './NewTokenForm'
import { type NewToken, type Token, tokensQuery } from './queries'
import { TokenRow } from './TokenRow'

/** What programs use in the member's name. */
export function Tokens() {
  const t = useText(texts)
  const tokens = useInfiniteQuery(tokensQuery)
  const [fresh, setFresh] = useState<NewToken>()
  const [result, setResult] = useState<string>()
  const place = useRef<HTMLDivElement>(null)
  const removal = useRemoval<Token>(place)
  const revoking = useRevokeToken()
  const items = tokens.data?.pages.flatMap((page) => page.items) ?? []

  const revoke = async (token: Token) => {
    await revoking.mutateAsync(token)
    removal.done()
    setResult(t('revoked'))
  }
  const keep = () => {
    setFresh(undefined)
    setResult(t('tokenKept'))
    place.current?.focus()
  }

  return (
    <Slab title={t('tokens')}>
      <p className={styles.lead}>{t('tokensLead')}</p>
      <Loaded query={tokens} lines={2}>
        {() =>
          items.length === 0 ? (
            <p className={styles.muted}>{t('noTokens')}</p>
          ) : (
            <Rows label={t('tokens')}>
              {items.map((token) => (
                <TokenRow key={token.id} token={token} onRevoke={() => removal.ask(token)} />
              ))}
            </Rows>
          )
        }
      </Loaded>
      {tokens.hasNextPage && (
        <Button look="quiet" busy={tokens.isFetchingNextPage} onClick={() => void tokens.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {fresh ? (
        <FreshToken token={fresh} onCopied={keep} />
      ) : (
        <Disclosed opener={{ words: t('createToken'), icon: IconPlus, look: 'primary' }}>
          {(close) => <NewTokenForm onCancel={close} onCreated={setFresh} />}
        </Disclosed>
      )}
      <Result ref={place}>{result}</Result>
      <ConfirmDialog
        open={removal.open}
        onClose={removal.close}
        title={t('revokeTitle')}
        confirm={t('revoke')}
        danger
        onConfirm={async () => removal.item && revoke(removal.item)}
      >
        {removal.item && t('revokeText', { name: removal.item.name })}
      </ConfirmDialog>
    </Slab>
  )
}
