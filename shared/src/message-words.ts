import type { MessageKind } from './message.js'
import type { Language, Text } from './text.js'

/** What each kind of message says, and what is to be done: in inboxes, and in mail. */
export const messageWords: Record<MessageKind, { title: Text; todo: Text }> = {
  report_quarantined: { title: { zh: '报送被隔离，等待复核', en: 'Your report is held in quarantine' }, todo: { zh: '请查看原因；确有错误的，可撤回后重新报送。', en: 'See why. If it is wrong, withdraw it and send it again.' } },
  report_waits_review: { title: { zh: '有被隔离的报送待复核', en: 'A report in quarantine waits for review' }, todo: { zh: '请查看隔离原因，予以放行或退回。', en: 'See why it is held, and release or return it.' } },
  report_returned: { title: { zh: '报送被退回', en: 'A report was returned' }, todo: { zh: '请按退回原因更正后重新报送。', en: 'Correct it for the reason given, and send it again.' } },
  report_released: { title: { zh: '报送已放行', en: 'A report was released' }, todo: { zh: '无需处理。', en: 'Nothing is to be done.' } },
  report_accepted: { title: { zh: '报送已接受', en: 'A report was accepted' }, todo: { zh: '无需处理。', en: 'Nothing is to be done.' } },
  report_waits_approval: { title: { zh: '有报送待审核', en: 'A report waits for approval' }, todo: { zh: '请核对后审核。', en: 'Look through it, and approve it.' } },
  report_approved: { title: { zh: '报送已审核', en: 'A report was approved' }, todo: { zh: '无需处理；该报送已锁定。', en: 'Nothing is to be done; it is locked.' } },
  report_reopened: { title: { zh: '报送已重新打开', en: 'A report was opened again' }, todo: { zh: '请更正后重新报送。', en: 'Correct it and send it again.' } },
  report_corrected: { title: { zh: '报送已更正', en: 'A report was corrected' }, todo: { zh: '请查看新版本。', en: 'Look at the new version.' } },
  report_published: { title: { zh: '报送已到发布时间，已接受', en: 'The embargo of a report has ended, and it counts' }, todo: { zh: '无需处理。', en: 'Nothing is to be done.' } },
  report_not_published: { title: { zh: '报送已到发布时间，未能接受', en: 'The embargo of a report has ended, and it could not be accepted' }, todo: { zh: '请查看该报送，更正后重新报送。', en: 'Look at it, correct it and send it again.' } },
  draft_has_errors: { title: { zh: '对接系统报送的文件有错误', en: 'A file that a machine sent has errors' }, todo: { zh: '请查看错误清单，更正后重新报送。', en: 'Look at its errors, correct them and send it again.' } },
  reminder_before_due: { title: { zh: '报送期限将至', en: 'A report is due soon' }, todo: { zh: '请在期限前报送。', en: 'Send it before it is due.' } },
  reminder_overdue: { title: { zh: '报送已逾期', en: 'A report is overdue' }, todo: { zh: '请尽快报送；如无可报，请办理零报送。', en: 'Send it soon; if there is nothing to report, say so.' } },
  source_overdue: { title: { zh: '有来源逾期未报送', en: 'A source has not reported in time' }, todo: { zh: '请提醒其尽快报送。', en: 'Ask it for its report.' } },
  supply_gap_opened: { title: { zh: '出现供应缺口', en: 'There is too little, or none, of a drug' }, todo: { zh: '请核实原因：缺货的协调补货；未进院的推进挂网和药事会。', en: 'Find out why: have it supplied where it ran out, listed and admitted where it never was.' } },
  reporting_gap_opened: { title: { zh: '出现报送缺口', en: 'Reports about a drug are missing or old' }, todo: { zh: '请报送或催报；未报送不等于无货。', en: 'Send the report, or ask for it: what is not reported is not out of stock.' } },
  evidence_gap_opened: { title: { zh: '出现证据缺口', en: 'One word alone says that a drug is there' }, todo: { zh: '请核实有货情况，或确认有无实际供应。', en: 'Confirm that it is there, or that it is supplied.' } },
  gap_closed: { title: { zh: '缺口已消除', en: 'A gap has closed' }, todo: { zh: '无需处理。', en: 'Nothing is to be done.' } },
  coverage_fell: { title: { zh: '配备机构明显减少', en: 'Fewer institutions stock a drug' }, todo: { zh: '请查看减少的原因：确已无货，还是未报送。', en: 'See why: because it is gone, or because nobody reported.' } },
  subscribed_overdue: { title: { zh: '订阅范围内有来源逾期未报送', en: 'A source to which you subscribe has not reported in time' }, todo: { zh: '供知悉；报送单位已收到提醒。', en: 'For your information; its office was reminded.' } },
  subscribed_quarantine: { title: { zh: '订阅范围内有报送被隔离', en: 'A report to which you subscribe is held in quarantine' }, todo: { zh: '供知悉；复核放行后才计入。', en: 'For your information; it counts once it is released.' } },
  confirmation_asked: { title: { zh: '请核实数据矛盾', en: 'Please confirm where the evidence contradicts itself' }, todo: { zh: '请逐对核实，并按实际情况报送。', en: 'Look at each pair, and report what is so.' } },
  notice_sent: { title: { zh: '收到督导函', en: 'A supervision letter' }, todo: { zh: '请查阅函件，签收并在期限前答复。', en: 'Read it, acknowledge it, and answer by its due day.' } },
  notice_due_soon: { title: { zh: '督导函答复期限将至', en: 'A supervision letter is due soon' }, todo: { zh: '请在期限前答复。', en: 'Answer it by its due day.' } },
  notice_overdue: { title: { zh: '督导函逾期未答复', en: 'A supervision letter is overdue' }, todo: { zh: '请尽快答复。', en: 'Answer it soon.' } },
  notice_withdrawn: { title: { zh: '督导函已撤回', en: 'A supervision letter was withdrawn' }, todo: { zh: '无需处理。', en: 'Nothing is to be done.' } },
  notice_acknowledged: { title: { zh: '督导函已签收', en: 'A supervision letter was acknowledged' }, todo: { zh: '无需处理。', en: 'Nothing is to be done.' } },
  notice_answered: { title: { zh: '督导函已答复', en: 'A supervision letter was answered' }, todo: { zh: '请查阅答复，并依据后续报送核对。', en: 'Read the answer; it is held against the records that follow.' } },
  case_overdue: { title: { zh: '督导函逾期未获答复', en: 'No answer to a supervision letter in time' }, todo: { zh: '请催办，或按升级步骤处理。', en: 'Ask again, or take the next step.' } },
  case_step_due: { title: { zh: '督导案件可升级处理', en: 'A step of a supervision case is to be decided' }, todo: { zh: '请决定是否采取下一步措施。', en: 'Decide whether the next step is taken.' } },
  case_escalated: { title: { zh: '督导案件已升级', en: 'A supervision case was taken a step further' }, todo: { zh: '请查看采取的步骤并处理。', en: 'See which step was taken, and act.' } },
  case_closed: { title: { zh: '督导案件已结案', en: 'A supervision case is closed' }, todo: { zh: '无需处理。', en: 'Nothing is to be done.' } },
  case_reopened: { title: { zh: '督导案件已重新立案', en: 'A supervision case is open again' }, todo: { zh: '请查看重新出现的缺口。', en: 'See which gap is back.' } },
  case_comment: { title: { zh: '督导案件有新的意见', en: 'A comment on a supervision case' }, todo: { zh: '请查阅。', en: 'Read it.' } },
  bulletin_preview: { title: { zh: '通报拟发布，请核对涉及本单位的数据', en: 'A bulletin is to be published: look at your own lines' }, todo: { zh: '请在发布前核对；有误的，请提出更正或意见。', en: 'Look at them before it is; say what is wrong, or comment.' } },
  bulletin_published: { title: { zh: '通报已发布', en: 'A bulletin was published' }, todo: { zh: '无需处理。', en: 'Nothing is to be done.' } },
  bulletin_withdrawn: { title: { zh: '通报已撤回或暂缓发布', en: 'A bulletin was withdrawn or held back' }, todo: { zh: '无需处理。', en: 'Nothing is to be done.' } },
  bulletin_commented: { title: { zh: '有单位对通报提出意见或更正', en: 'Somebody comments on a line of a bulletin' }, todo: { zh: '请核实并答复；确有错误的，请另行编制并替代。', en: 'Look into it and answer; if it is wrong, keep another in its place.' } },
  bulletin_answered: { title: { zh: '对通报的意见已有答复', en: 'Your comment on a bulletin was answered' }, todo: { zh: '请查看答复。', en: 'See the answer.' } },
}

/** The words of all kinds in one language, as the screen looks them up. */
export function messageWordsIn(language: Language): Record<MessageKind, { title: string; todo: string }> {
  return Object.fromEntries(Object.entries(messageWords).map(([kind, { title, todo }]) => [kind, { title: title[language], todo: todo[language] }])) as Record<MessageKind, { title: string; todo: string }>
}
