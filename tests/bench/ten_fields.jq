# SPDX-License-Identifier: MIT
.protocolSection | {id: .identificationModule.nctId, title: .identificationModule.briefTitle, status: .statusModule.overallStatus,
start: .statusModule.startDateStruct.date, type: .designModule.studyType, phases: .designModule.phases,
enrollment: .designModule.enrollmentInfo.count, conditions: .conditionsModule.conditions,
sponsor: .sponsorCollaboratorsModule.leadSponsor.name, sex: .eligibilityModule.sex}
