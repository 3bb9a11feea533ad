export { OnSite, type OnSiteProps } from "./OnSite.tsx";
export { WayToOnSite, type WayToOnSiteProps } from "./WayToOnSite.tsx";
