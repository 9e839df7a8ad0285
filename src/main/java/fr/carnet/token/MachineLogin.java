package fr.carnet.token;

import fr.carnet.caller.CallerSession;
import fr.carnet.shared.AccessContext;
import fr.carnet.shared.AuthenticationMode;
import fr.carnet.shared.Caller;
import fr.carnet.shared.CallerKind;
import java.util.Optional;

/** The operator's and the auditor's programs: they come for themselves, by clients and scopes of their own. */
final class MachineLogin implements Identification {

    @Override
    public WayIn wayIn() {
        return WayIn.MACHINE;
    }

    @Override
    public CallerSession identify(GrantRequest request, TokenSettings.Client client, Caller.TokenRef token) {
        return new CallerSession(
                new Caller(
                        switch (client.machine()) {
                            case OPERATOR -> CallerKind.OPERATOR;
                            case AUDITOR -> CallerKind.AUDITOR;
                        },
                        client.id(),
                        client.software(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        AuthenticationMode.DIRECTE,
                        client.software(),
                        token),
                AccessContext.NORMAL);
    }
}
