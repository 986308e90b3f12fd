export { visibleProjects } from './visible-projects.ts'
