export * from "./application.ts";
export * from "./channels.ts";
export * from "./eligibility.ts";
export * from "./prior.ts";
export * from "./review-applications.ts";
export * from "./rungs.ts";
export * from "./years.ts";
