import { isAdministrator, isRole } from '@zhijiao/law/roles'
import { OrganHome } from '../entrustments/OrganHome.tsx'
import { useMay, useMe } from '../me.ts'
import { AdminHome } from './AdminHome.tsx'
import { CountsHome } from './CountsHome.tsx'
import { OfficerHome } from './OfficerHome.tsx'

/** Four desks: who works with files, who sees figures only, who entrusts a county, and who runs the platform without seeing anybody. */
export default function Home() {
  const me = useMe()
  const may = useMay()
  if (me.roles.some((role) => isRole(role) && isAdministrator(role))) return <AdminHome />
  if (may('intake.entrust')) return <OrganHome />
  return may('person.see') || !may('counts.see') ? <OfficerHome /> : <CountsHome />
}
