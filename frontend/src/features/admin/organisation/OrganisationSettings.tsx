import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { Slabs } from '@/components/Slab'
import { Logo } from './Logo'
import { OrganisationForm } from './OrganisationForm'
import { settingsQuery } from './queries'

export function OrganisationSettings() {
  const settings = useQuery(settingsQuery)
  return (
    <Loaded query={settings} lines={8}>
      {({ data, version }) => (
        <Slabs>
          <OrganisationForm organisation={data} version={version} />
          <Logo url={data.logo_url} />
        </Slabs>
      )}
    </Loaded>
  )
}
