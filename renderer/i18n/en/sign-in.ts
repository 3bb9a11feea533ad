import type { Translated } from "../words.ts";
import type { signIn as zh } from "../zh-CN/sign-in.ts";

export const signIn: Translated<typeof zh> = {
  title: "Who is at this laptop?",
  lead: "Choose your name, then type your PIN in the signing window.",
  demoPins: "Demonstration: PINs are shown on this screen only. A real centre never shows them.",
  pin: "PIN {{pin}}",
  passphrase:
    "The laptop's passphrase has not been given since the start. Choose anyone; its holder opens the laptop first.",
  waiting: "Go on in the signing window.",
  noKey: "Chooses a PIN at the first sign-in",
  locked: {
    title: "Locked",
    lead: "{{name}} has been away for a while. Everything saved is safe, and the work is where it was left.",
    open: "Type the PIN and go on",
    other: "Somebody else signs in",
  },
  takeOver: {
    title: "Go on from another laptop's copy",
    lead: "After theft, a fall or a broken disk: with the stick it copied to, and the recovery code on paper.",
    choose: "Choose the stick or folder",
    waiting: "Type the recovery code in the other window",
    taken: "The copy is whole and was taken over",
    next: "Start the app again. People choose new PINs; signed sheets stay signed. Unsent batches are sent as they are.",
    restart: "Start again",
    entries: "Records",
    sittings: "Sessions",
    sheets: "Sheets",
    signed: "of them signed",
    unsent: "Batches not yet acknowledged",
  },
  enrolAgain: {
    banner:
      "This laptop goes on with another's work. Marking works; signing waits until the registry has enrolled it.",
    open: "Enrol",
    title: "Enrol this laptop",
    lead: "With a network, and a one-time code from the registry. Nobody's former keys are used again.",
    leadDemo: "The demonstration registry enrols it at once.",
    done: "Enrolled. Each person signs in once more, then signs as before.",
    doneDemo: "Enrolled. Signing works again.",
  },
  opening: {
    title: "Begin with Jiangping",
    lead: "This laptop belongs to no centre yet. Choose once; it is not asked again.",
    demo: "Try the demonstration centre",
    demoNote:
      "Thirty invented candidates and three sample score sheets. No network, and no result reaches a certificate.",
    enrol: "Enrol with a registry",
    enrolNote: "You need the registry's address and a code that works once.",
    preparing: "Preparing the demonstration centre",
    url: "Address of the registry",
    urlHint: "The registry gives it in writing, for example https://registry.example",
    contact: "Contact the registry",
    compareLead:
      "Telephone the registry or look at its letter. Type the code only when the four characters and the code are the same.",
    stamp: "Stamp of the registry's keys",
    demoRegistry: "This is a demonstration registry",
    code: "One-time enrolment code",
    codeHint: "16 characters, A–Z and 2–7; spaces and dashes may be left out",
    enrolNow: "Enrol this laptop",
    other: "Use another address",
    badUrl: "Not a whole address. Write it with https:// in front.",
    badCode: "A code has 16 characters, only A–Z and 2–7.",
  },
};
