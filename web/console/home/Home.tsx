import { isAdministrator, isRole } from '@zhijiao/law/roles'
import { useMay, useMe } from '../me.ts'
import { AdminHome } from './AdminHome.tsx'
import { CountsHome } from './CountsHome.tsx'
import { OfficerHome } from './OfficerHome.tsx'

/** Three desks: who works with files, who sees figures only, and who runs the platform without seeing anybody. */
export default function Home() {
  const me = useMe()
  const may = useMay()
  if (me.roles.some((role) => isRole(role) && isAdministrator(role))) return <AdminHome />
  return may('person.see') || !may('counts.see') ? <OfficerHome /> : <CountsHome />
}
