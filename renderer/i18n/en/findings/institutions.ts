import type { Translated } from "../../words.ts";
import type { institutions as zh } from "../../zh-CN/findings/institutions.ts";

export const institutions: Translated<typeof zh> = {
  "scope.other-trade":
    "The institution's scope does not cover this occupation ({{occupation}} {{direction}})",
  "scope.level": "The institution's scope does not cover {{level}} ({{occupation}})",
  "scope.not-active":
    "The institution's recognition for this occupation is not active ({{occupation}} {{status}})",
  "scope.term": "Recognition is valid until {{validTo}}; the sitting is on {{day}}",
  "scope.covered": "Within scope ({{occupation}}), valid until {{validTo}}",
  "quota.national-counted": "{{institution}}, registered with the ministry, counts here",
  "quota.free": "{{area}} has {{recognised}} institutions for {{occupation}}, {{most}} at most",
  "quota.full": "{{area}} has {{recognised}} institutions for {{occupation}}; the {{most}} places are taken",
  "quota.exception-unapproved":
    "Beyond the quota two people must approve; document {{document}} names {{approvers}}",
  "quota.exception": "Beyond the quota by {{document}}, approved by {{approvers}}",
};
