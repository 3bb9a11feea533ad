export { OnSite, type OnSiteProps } from "./OnSite.tsx";
export { useUnsealedVisits, WayToOnSite, type WayToOnSiteProps } from "./WayToOnSite.tsx";
